const { registerActionNode } = require('../lib/action-node.js');
const { planHdmiSwitch } = require('../lib/plan-hdmi-switch.js');
const { tellChanges } = require('../lib/tell-changes.js');

/** Shows an input at an output, and tells at its second output when another one is shown there. */
module.exports = (RED) => registerActionNode(RED, 'homeroom-hdmi-switch', planHdmiSwitch, begin);

function begin(node, config, connection) {
  const { client, find } = connection;
  let known;
  tellChanges(node, connection, {
    kinds: ['hdmi-switch'],
    look: async () => {
      const { id } = await find('hdmi-switch', config.switch);
      const found = await client.ask('GET', `/hdmi-switches/${encodeURIComponent(id)}`);
      const shown = found.outputs.find(({ output }) => output === Number(config.output || 1));
      const before = known;
      known = shown?.input ?? null;
      if (before === undefined || before === known) return;
      node.send([null, { topic: found.name, payload: known, before, state: shown }]);
    },
  });
}
