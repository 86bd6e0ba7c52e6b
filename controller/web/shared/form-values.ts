/** @returns what was typed into a field, without white space around it; undefined where nothing was. */
export function textOf(fields: FormData, name: string): string | undefined {
  const text = String(fields.get(name) ?? '').trim();
  return text === '' ? undefined : text;
}

/** @returns the number that was typed into a field; null where nothing was, or no number. */
export function numberOf(fields: FormData, name: string): number | null {
  const text = textOf(fields, name);
  if (text === undefined) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** @returns a number of minutes or hours as seconds; null where nothing was typed. */
export function secondsOf(fields: FormData, name: string, unitS: number): number | null {
  const number = numberOf(fields, name);
  return number === null ? null : Math.round(number * unitS);
}
