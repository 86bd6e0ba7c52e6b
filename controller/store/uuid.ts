const pattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** @returns whether a text can be an id of ours; PostgreSQL refuses to compare anything else with one. */
export function isUuid(text: string): boolean {
  return pattern.test(text);
}
