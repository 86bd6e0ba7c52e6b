const { PlanFault, choose, need } = require('./plan-fault.js');

/** What *session control* asks of Homeroom for one message. Pure but for `find`. */
async function planSessionControl(config, msg, find) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const text = typeof msg.payload === 'string' ? msg.payload : undefined;
  const action = need('action', given.action, config.action);
  const session = need('session', given.session, given.id, text, config.session);
  const path = `/sessions/${encodeURIComponent(session)}`;
  switch (action) {
    case 'end':
      return { method: 'DELETE', path };
    case 'keep':
      return { method: 'POST', path: `${path}/keep` };
    case 'move': {
      const seat = await find('seat', need('seat', choose(given.seat), config.seat));
      return { method: 'POST', path: `${path}/move`, body: { seat: seat.id } };
    }
    default:
      throw new PlanFault(`“${action}” is nothing that can be done with a session`);
  }
}

module.exports = { planSessionControl };
