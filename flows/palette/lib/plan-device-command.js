const { PlanFault, choose, need } = require('./plan-fault.js');

/** What *device command* asks of Homeroom for one message. Pure but for `find`. */
async function planDeviceCommand(config, msg, find) {
  const given = typeof msg.payload === 'object' && msg.payload !== null ? msg.payload : {};
  const device = await find('device', need('device', given.device, msg.device, config.device));
  const name = need(
    'command',
    given.command,
    typeof msg.payload === 'string' ? msg.payload : undefined,
    config.command,
  );
  const args = argsOf(choose(given.args, config.args));
  return {
    method: 'POST',
    path: `/devices/${encodeURIComponent(device.id)}/commands`,
    body: { name, args },
  };
}

/** The editor keeps them as text. */
function argsOf(args) {
  const value = typeof args === 'string' ? parse(args) : (args ?? {});
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PlanFault('The arguments are no JSON object');
  return value;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says so, for this and for what is no object.
    return undefined;
  }
}

module.exports = { planDeviceCommand };
