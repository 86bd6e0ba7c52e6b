const { PlanFault, choose, listOf, need } = require('./plan-fault.js');

/**
 * What *room control* asks of Homeroom for one message. Pure but for `find`.
 *
 * @param {object} config of the node
 * @param {object} msg with what differs from the node's settings in its payload
 * @param {(what: string, wanted: string, within?: object) => Promise<{ id: string }>} find
 * @returns {Promise<{ method: string, path: string, body?: object }>}
 */
async function planRoomControl(config, msg, find) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const value = choose(given.value, typeof msg.payload === 'string' ? msg.payload : undefined, config.value);
  const action = need('action', given.action, config.action);
  const room = await find('room', need('room', given.room, config.room));
  const base = `/rooms/${encodeURIComponent(room.id)}`;
  const names = listOf(choose(given.seats, config.seats));
  const seats = names && (await Promise.all(names.map((name) => find('seat', name, { room: room.id }))));
  const some = seats && { seats: seats.map(({ id }) => id) };
  const forS = numberOf(choose(given.forS, config.forS));
  const timed = { ...some, ...(forS !== undefined && { forS }) };
  const post = (path, body) => ({ method: 'POST', path: `${base}${path}`, body });
  switch (action) {
    case 'look':
      return { method: 'GET', path: `${base}/wall` };
    case 'start':
      return post('/start', { ...(await startOf(given, config, find)), ...some });
    case 'stop':
      return post('/stop', { ...some, ...stopOf(given, config) });
    case 'lock':
    case 'unlock':
      return post('/lock', { ...timed, on: action === 'lock' });
    case 'mute':
    case 'unmute':
      return post('/mute', { ...some, on: action === 'mute' });
    case 'message':
      return post('/message', { ...timed, text: need('text', given.text, value) });
    case 'open':
      return post('/open', { ...some, url: need('address', given.url, value) });
    case 'close':
      return post('/open', { ...some, url: null });
    case 'broadcast':
      return post('/broadcast', { ...timed, session: need('session', given.session, value) });
    default:
      throw new PlanFault(`“${action}” is nothing that a room can do`);
  }
}

async function startOf(given, config, find) {
  const lesson = choose(given.lesson, config.lesson);
  if (lesson !== undefined) return { lesson };
  const template = await find('template', need('lesson or template', given.template, config.template));
  const group = choose(given.group, config.group);
  return {
    template: template.id,
    ...(group !== undefined && { group: (await find('group', group)).id }),
    ...(given.allowShortage === true && { allowShortage: true }),
  };
}

function stopOf(given, config) {
  const warnS = numberOf(choose(given.warnS, config.warnS));
  const powerOff = choose(given.powerOff, config.powerOff);
  return { ...(warnS !== undefined && { warnS }), ...(powerOff !== undefined && { powerOff }) };
}

function numberOf(value) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new PlanFault(`“${value}” is no number of seconds`);
  return number;
}

module.exports = { planRoomControl };
