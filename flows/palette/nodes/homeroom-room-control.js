const { registerActionNode } = require('../lib/action-node.js');
const { planRoomControl } = require('../lib/plan-room-control.js');

module.exports = (RED) => registerActionNode(RED, 'homeroom-room-control', planRoomControl);
