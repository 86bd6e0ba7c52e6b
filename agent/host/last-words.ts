const length = 150;
const complaint =
  /\b(?:error|fatal|fail(?:ed|ure)?|cannot|can't|could ?n[o']t|unable|refused|denied|abort\w*|no space|not found|invalid|segmentation|caught signal|missing)\b/i;

/**
 * @param log what an X server wrote
 * @returns what it had to say about its own death, as one line: its errors, else the last line that sounds like one;
 *   else that it said nothing, since the rest is chatter about connections and pixels
 */
export function lastWordsOf(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const errors = lines.filter((line) => line.startsWith('(EE)')).map((line) => line.slice(4).trim());
  const words = errors.filter(Boolean).join(' ') || lines.findLast((line) => complaint.test(line)) || '';
  return words === '' ? 'it was killed, or ended without a word' : words.slice(0, length);
}
