const { PlanFault, choose, need } = require('./plan-fault.js');

/** What *hdmi switch* asks of Homeroom for one message. Pure but for `find`. */
async function planHdmiSwitch(config, msg, find) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const found = await find('hdmi-switch', need('switch', given.switch, config.switch));
  const plain = typeof msg.payload === 'object' ? undefined : msg.payload;
  return {
    method: 'POST',
    path: `/hdmi-switches/${encodeURIComponent(found.id)}/route`,
    body: {
      output: socketOf(choose(given.output, config.output, 1)),
      input: socketOf(need('input', given.input, plain, config.input)),
    },
  };
}

function socketOf(value) {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 32)
    throw new PlanFault(`“${value}” is no number of a socket, 1 to 32`);
  return number;
}

module.exports = { planHdmiSwitch };
