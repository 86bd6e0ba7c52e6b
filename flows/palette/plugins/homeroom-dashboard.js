const { isFor, personOf } = require('../lib/for-whom.js');

/** Tells flows who uses the dashboard (`msg._client.user`), and shows messages to those alone whom they are for. */
module.exports = (RED) => {
  RED.plugins.registerPlugin('homeroom-dashboard', {
    type: 'node-red-dashboard-2',
    hooks: {
      onAddConnectionCredentials: (connection, msg) => {
        msg._client = { ...msg._client, user: personOf(connection) };
        return msg;
      },
      onIsValidConnection: (connection, msg) => isFor(connection, msg),
      onLoad: (connection, _id, msg) => (isFor(connection, msg) ? msg : undefined),
    },
  });
};
