/** What Node-RED says goes into our log with its own level, and without a second time. */
export interface SaidLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

const stamped = /^\d+ \w+ [\d:]+ - \[(\w+)\] ?(.*)$/;
const levels: Readonly<Record<string, SaidLine['level']>> = { warn: 'warn', error: 'error', fatal: 'error' };

/** @returns undefined for a line that says nothing */
export function readSaidLine(line: string): SaidLine | undefined {
  const found = stamped.exec(line);
  const text = (found?.[2] ?? line).trim();
  if (text === '' || /^=+$/.test(text)) return undefined;
  return { level: levels[found?.[1] ?? ''] ?? 'info', text };
}
