const { registerActionNode } = require('../lib/action-node.js');
const { planRelay } = require('../lib/plan-relay.js');
const { tellChanges } = require('../lib/tell-changes.js');

/** Switches a channel or the power of a seat, and tells at its second output when that changes. */
module.exports = (RED) => registerActionNode(RED, 'homeroom-relay', planRelay, begin);

function begin(node, config, connection) {
  const { client, find } = connection;
  let known;
  tellChanges(node, connection, {
    kinds: ['relay', 'device'],
    look: async () => {
      const state = await (config.target === 'seat' ? seatState() : channelState());
      const before = known;
      known = state;
      if (before === undefined || before.on === state.on) return;
      node.send([null, { topic: state.name, payload: state.on, before: before.on, state: state.record }]);
    },
  });

  async function channelState() {
    const { id } = await find('relay', config.relay);
    const relay = await client.ask('GET', `/relays/${encodeURIComponent(id)}`);
    const record = relay.channels.find(({ channel }) => channel === Number(config.channel));
    if (!record) throw new Error(`${relay.name} has no channel ${config.channel}`);
    return { on: record.on, name: record.name, record };
  }

  async function seatState() {
    const seat = await find('seat', config.seat);
    const record = await client.ask('GET', `/seats/${encodeURIComponent(seat.id)}/power`);
    return { on: record.state, name: seat.name, record };
  }
}
