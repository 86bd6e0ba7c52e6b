const { PlanFault, choose, need, onOff } = require('./plan-fault.js');

/**
 * What *relay* asks of Homeroom for one message: a channel by itself, or the power of a seat, which Homeroom switches
 * with care. Pure but for `find`.
 */
async function planRelay(config, msg, find) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const wanted = choose(given.on, typeof msg.payload === 'object' ? undefined : msg.payload);
  if (choose(given.target, config.target) === 'seat') {
    const seat = await find('seat', need('seat', given.seat, config.seat));
    return {
      method: 'POST',
      path: `/seats/${encodeURIComponent(seat.id)}/power`,
      body: seatBody(given, wanted),
    };
  }
  const relay = await find('relay', need('relay', given.relay, config.relay));
  const channel = Number(need('channel', given.channel, config.channel));
  if (!Number.isInteger(channel) || channel < 0) throw new PlanFault('A channel is a number from 0');
  return {
    method: 'POST',
    path: `/relays/${encodeURIComponent(relay.id)}/channels/${channel}/switch`,
    body: { on: onOff(wanted) },
  };
}

function seatBody(given, wanted) {
  if (given.action === 'cycle' || wanted === 'cycle') return { action: 'cycle' };
  return { action: onOff(choose(given.action, wanted)) ? 'on' : 'off' };
}

module.exports = { planRelay };
