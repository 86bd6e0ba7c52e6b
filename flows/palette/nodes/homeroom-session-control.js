const { registerActionNode } = require('../lib/action-node.js');
const { planSessionControl } = require('../lib/plan-session-control.js');

module.exports = (RED) => registerActionNode(RED, 'homeroom-session-control', planSessionControl);
