const { createConnection } = require('../lib/connection.js');

const lists = new Set(['rooms', 'seats', 'devices', 'templates', 'groups', 'relays', 'hdmi-switches']);

/** The connection to Homeroom that other nodes name. */
module.exports = (RED) => {
  function HomeroomServerNode(config) {
    RED.nodes.createNode(this, config);
    try {
      const { token, pin } = this.credentials ?? {};
      this.connection = createConnection({ url: config.url, token, pin }, process.env);
    } catch (error) {
      this.fault = error.message;
      this.error(error.message);
    }
    this.on('close', () => this.connection?.close());
  }
  RED.nodes.registerType('homeroom-server', HomeroomServerNode, {
    credentials: { token: { type: 'password' }, pin: { type: 'text' } },
  });

  /** Names for the editor to choose from. */
  RED.httpAdmin.get(
    '/homeroom/:server/:list',
    RED.auth.needsPermission('flows.read'),
    async (request, response) => {
      const { server, list } = request.params;
      const connection = RED.nodes.getNode(server)?.connection;
      if (!connection || !lists.has(list)) return response.json([]);
      try {
        const items = await connection.client.list(`/${list}`);
        return response.json(items.map(({ id, name }) => ({ id, name: name ?? id })));
      } catch {
        // The editor works without suggestions.
        return response.json([]);
      }
    },
  );
};
