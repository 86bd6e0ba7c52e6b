const { registerActionNode } = require('../lib/action-node.js');
const { planDeviceCommand } = require('../lib/plan-device-command.js');

module.exports = (RED) => registerActionNode(RED, 'homeroom-device-command', planDeviceCommand);
