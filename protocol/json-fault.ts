/** Deeper than any payload of ours; PostgreSQL and recursive code run out of stack somewhere past some thousand. */
const maxDepth = 32;

/**
 * Find what JSON allows and we cannot keep: unknown fields pass every schema, and all of them end in PostgreSQL.
 *
 * - NUL and lone surrogates: `jsonb` refuses both.
 * - Numbers such as 1e999: JSON.parse makes them Infinity, JSON.stringify makes that null.
 * - A key `__proto__`: copied by assignment, it would lend the copy fields that no schema has seen.
 *
 * @param value what JSON.parse returned
 * @returns the first fault as `path: what is wrong`; undefined when there is none
 */
export function findJsonFault(value: unknown, path = '', depth = 0): string | undefined {
  const at = path === '' ? 'payload' : path;
  if (typeof value === 'string')
    return isStorableText(value) ? undefined : `${at}: text with NUL or half a character`;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${at}: a number out of range`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === maxDepth) return `${at}: nested deeper than ${maxDepth} levels`;
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__' || !isStorableText(key)) return `${at}: a field name that is not allowed`;
    const fault = findJsonFault(item, path === '' ? key : `${path}.${key}`, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
