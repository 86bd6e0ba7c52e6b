/** What happened at the seats of a room between two looks at its wall. Pure. */

/** Of each kind of event: what of a seat it is about. */
const facts = {
  connection: (seat) => seat.connection,
  session: (seat) => seat.session?.id ?? null,
  power: (seat) => seat.power?.state ?? null,
  hdmi: (seat) => seat.hdmi,
  tv: (seat) => seat.tv,
  screen: (seat) => seat.screen,
  health: (seat) => seat.health?.level ?? null,
  locked: (seat) => seat.isLocked,
};

const seatEventKinds = Object.keys(facts);

/**
 * @param {{ seats: object[] } | undefined} before undefined at the first look: then nothing has happened yet
 * @param {{ room: { id: string, name: string, teachers: string[] }, seats: object[] }} after
 * @returns {{ event: string, value: unknown, before: unknown, seat: object, room: object, reason: string | null }[]}
 */
function seatEvents(before, after) {
  if (!before) return [];
  const known = new Map(before.seats.map((seat) => [seat.seat, seat]));
  const room = { id: after.room.id, name: after.room.name, teachers: after.room.teachers };
  return after.seats.flatMap((seat) => {
    const earlier = known.get(seat.seat);
    if (!earlier) return [];
    return seatEventKinds.flatMap((event) => {
      const [then, now] = [facts[event](earlier), facts[event](seat)];
      if (then === now) return [];
      return [{ event, value: now, before: then, seat, room, reason: reasonOf(event, seat) }];
    });
  });
}

function reasonOf(event, seat) {
  if (event === 'health') return seat.health?.reason ?? null;
  return event === 'power' ? (seat.power?.reason ?? null) : null;
}

/**
 * @param {ReadonlyMap<string, { seats: object[] }>} walls by room, as they were seen last
 * @param {Set<string> | undefined} ids of what changed
 * @returns {string[] | undefined} the rooms that it is about; undefined when that is not known
 */
function roomsOfChange(walls, ids) {
  if (!ids) return undefined;
  const rooms = new Map();
  for (const [room, { seats }] of walls) {
    rooms.set(room, room);
    // A session may have come from another room, so that it is about all of them.
    for (const { seat, device, power } of seats)
      for (const id of [seat, device, power?.relay?.id]) if (id) rooms.set(id, room);
  }
  const found = [...ids].map((id) => rooms.get(id));
  return found.includes(undefined) ? undefined : [...new Set(found)];
}

module.exports = { roomsOfChange, seatEventKinds, seatEvents };
