/**
 * The widgets of the teacher's dashboard. Their nodes only give them a place and a size: what they show and do goes from the
 * teacher's browser to Homeroom, with that teacher's rights, and never through Node-RED, whose messages reach every browser.
 */
const widgetTypes = [
  'ui-homeroom-wall',
  'ui-homeroom-class',
  'ui-homeroom-attention',
  'ui-homeroom-power',
  'ui-homeroom-lessons',
];

module.exports = (RED) => {
  for (const type of widgetTypes) {
    RED.nodes.registerType(type, function Widget(config) {
      RED.nodes.createNode(this, config);
      const group = RED.nodes.getNode(config.group);
      if (!group) {
        this.status({ fill: 'red', shape: 'ring', text: RED._('homeroom-widgets.status.no-group') });
        return;
      }
      // `onAction`: the room that a teacher chooses is sent on, by its id.
      group.register(this, config, { onAction: true });
    });
  }
};
