const { roomsOfChange, seatEvents } = require('../lib/seat-events.js');
const { showStatus } = require('../lib/show-status.js');
const { tellChanges } = require('../lib/tell-changes.js');

/** A look is a question about a whole room. */
const restMs = 1_000;
const kinds = ['device', 'seat', 'session', 'relay', 'room'];

/** Tells what happens at the seats of a room, or of all rooms. */
module.exports = (RED) => {
  function SeatEventNode(config) {
    RED.nodes.createNode(this, config);
    const server = RED.nodes.getNode(config.server);
    if (!server?.connection) {
      showStatus(this, 'failed', server?.fault ?? 'no connection is chosen');
      return;
    }
    const { client, find } = server.connection;
    const walls = new Map();
    tellChanges(this, server.connection, { kinds, restMs, look: (ids) => lookAtRooms(ids) });

    const roomIds = async () => {
      const rooms = config.room ? [await find('room', config.room)] : await client.list('/rooms');
      return rooms.map(({ id }) => id);
    };
    const lookAtRooms = async (ids) => {
      for (const id of roomsOfChange(walls, ids) ?? (await roomIds())) {
        const wall = await client.ask('GET', `/rooms/${encodeURIComponent(id)}/wall`);
        const events = seatEvents(walls.get(id), wall);
        walls.set(id, wall);
        for (const event of events) if (isWanted(event)) this.send(messageOf(event));
      }
    };
    const isWanted = ({ event, seat }) =>
      (!config.event || config.event === event) &&
      (!config.seat || [seat.seat, seat.name].includes(config.seat));
  }
  RED.nodes.registerType('homeroom-seat-event', SeatEventNode);
};

function messageOf({ event, value, before, seat, room, reason }) {
  const payload = { event, value, before, reason, room, seat: { id: seat.seat, name: seat.name } };
  return {
    topic: `${room.name}/${seat.name}/${event}`,
    payload: { ...payload, device: seat.device },
    state: seat,
  };
}
