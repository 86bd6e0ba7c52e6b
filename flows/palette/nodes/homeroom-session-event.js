const { sessionEvents } = require('../lib/session-events.js');
const { showStatus } = require('../lib/show-status.js');
const { tellChanges } = require('../lib/tell-changes.js');

/** Tells when desktops are asked for, ready, left, moved and ended. */
module.exports = (RED) => {
  function SessionEventNode(config) {
    RED.nodes.createNode(this, config);
    const server = RED.nodes.getNode(config.server);
    if (!server?.connection) {
      showStatus(this, 'failed', server?.fault ?? 'no connection is chosen');
      return;
    }
    const { client, find } = server.connection;
    const known = new Map();
    let isFirst = true;

    const take = async (session) => {
      const events = isFirst ? [] : sessionEvents(known.get(session.id), session);
      if (session.state === 'ended') known.delete(session.id);
      else known.set(session.id, session);
      for (const event of events) {
        if (config.event && config.event !== event) continue;
        if (config.room && !(await isInRoom(session))) continue;
        this.send({ topic: event, payload: { event, session } });
      }
    };
    const isInRoom = async ({ seat }) => {
      if (!seat) return false;
      const [room, { room: its }] = await Promise.all([find('room', config.room), find('seat', seat)]);
      return room.id === its;
    };
    const get = async (id) => {
      try {
        return await client.ask('GET', `/sessions/${encodeURIComponent(id)}`);
      } catch (error) {
        if (error.status === 404) return undefined;
        throw error;
      }
    };
    tellChanges(this, server.connection, {
      kinds: ['session'],
      look: async (ids) => {
        const live = ids ? [] : await client.list('/sessions?state=live');
        const gone = ids ? [...ids] : [...known.keys()].filter((id) => !live.some((one) => one.id === id));
        for (const session of live) await take(session);
        for (const id of gone) {
          const session = await get(id);
          if (session) await take(session);
          else known.delete(id);
        }
        isFirst = false;
      },
    });
  }
  RED.nodes.registerType('homeroom-session-event', SessionEventNode);
};
