/** People know rooms and seats by name, programs by id: both are understood. */

const keepMs = 15_000;
const paths = {
  room: '/rooms',
  seat: '/seats',
  device: '/devices',
  template: '/templates',
  group: '/groups',
  relay: '/relays',
  'hdmi-switch': '/hdmi-switches',
};

/** What was written in a node or a message names nothing, or too much. */
class NameFault extends Error {
  name = 'NameFault';
}

/**
 * @param {object[]} records
 * @param {string} wanted an id or a name
 * @returns {object} the one record
 * @throws {NameFault}
 */
function pickRecord(records, wanted, what) {
  const byId = records.find(({ id }) => id === wanted);
  if (byId) return byId;
  const named = records.filter(({ name }) => sameName(name, wanted));
  if (named.length === 1) return named[0];
  if (named.length > 1)
    throw new NameFault(`There are several ${what}s with the name ${wanted}: give the id`);
  throw new NameFault(`There is no ${what} with the name or id ${wanted}`);
}

function sameName(name, wanted) {
  return typeof name === 'string' && name.trim().toLowerCase() === wanted.trim().toLowerCase();
}

/**
 * @param {{ list(path: string): Promise<object[]> }} client
 * @param {() => number} now in milliseconds
 */
function createFinder(client, now = Date.now) {
  const kept = new Map();

  async function records(path) {
    const known = kept.get(path);
    if (known && now() - known.at < keepMs) return known.items;
    const items = await client.list(path);
    kept.set(path, { at: now(), items });
    return items;
  }

  /**
   * @param {string} what room, seat, device, template, group, relay, hdmi-switch
   * @param {string} wanted its id or name; a seat may be `Room/Seat`
   * @param {{ room?: string }} [within] the id of the room that a seat is in
   */
  async function find(what, wanted, within = {}) {
    const text = String(wanted ?? '').trim();
    if (text === '') throw new NameFault(`No ${what} is given`);
    if (what !== 'seat') return pickRecord(await records(paths[what]), text, what);
    const slash = text.indexOf('/');
    if (slash > 0) {
      const room = await find('room', text.slice(0, slash));
      return find('seat', text.slice(slash + 1), { room: room.id });
    }
    const seats = await records('/seats');
    return pickRecord(within.room ? seats.filter(({ room }) => room === within.room) : seats, text, what);
  }

  return { find, forget: () => kept.clear() };
}

module.exports = { createFinder, NameFault, pickRecord };
