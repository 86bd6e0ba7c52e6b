const length = 150;

/**
 * @param log what an X server wrote
 * @returns what it had to say about its own death, as one line: its errors, else its last line
 */
export function lastWordsOf(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const errors = lines.filter((line) => line.startsWith('(EE)')).map((line) => line.slice(4).trim());
  const words = errors.filter(Boolean).join(' ') || (lines.at(-1) ?? '');
  return words === '' ? 'the X server ended without a word' : words.slice(0, length);
}
