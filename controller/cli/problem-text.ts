import type { Problem } from '@homeroom/protocol';

/** @returns a refusal of the API as lines for a terminal: what is wrong, what to do, and the code to look up. */
export function problemText({ title, detail, remedy, errors, code }: Problem): string {
  const fields = (errors ?? []).map(({ field, message }) => sentence(`${field}: ${message}`));
  if (fields.length > 0) return [...fields, `(${code})`].join('\n');
  const lines = [sentence(detail ?? title), ...(remedy === undefined ? [] : [remedy])];
  return [...lines, `(${code})`].join('\n');
}

/** @returns `words` with a full stop. */
function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}
