/** The dots below nodes, the same for all of the palette: words and colour. */
const looks = {
  idle: {},
  connecting: { fill: 'yellow', shape: 'ring', text: 'connecting' },
  connected: { fill: 'green', shape: 'dot', text: 'connected' },
  waiting: { fill: 'red', shape: 'ring', text: 'no connection' },
  working: { fill: 'blue', shape: 'dot', text: 'asking' },
  done: { fill: 'green', shape: 'dot', text: 'done' },
  failed: { fill: 'red', shape: 'dot', text: 'failed' },
};
const maxLength = 60;

/**
 * @param {{ status(look: object): void }} node
 * @param {keyof looks} phase
 * @param {string} [detail] shown behind the word
 */
function showStatus(node, phase, detail = '') {
  const look = looks[phase];
  if (!look.text) return node.status(look);
  const text = detail ? `${look.text}: ${detail}` : look.text;
  return node.status({ ...look, text: text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text });
}

module.exports = { showStatus };
