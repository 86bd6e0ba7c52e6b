/** Longer is none of Homeroom's events. */
const maxLineLength = 64 * 1024;

/**
 * Read server-sent events as they come in pieces. Pure.
 *
 * @param {(event: { name: string, data: string }) => void} onEvent
 * @returns {(piece: string) => void} to be given the stream's text, in order
 */
function createSseParser(onEvent) {
  let rest = '';
  let name = '';
  let data = [];
  const takeLine = (line) => {
    if (line === '') {
      if (data.length > 0) onEvent({ name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw new Error('an event is too long');
    for (const line of lines) takeLine(line);
  };
}

module.exports = { createSseParser };
