import { isDeepStrictEqual } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a change changes. Pure.
 *
 * @returns the fields of `patch` that differ, as they were and as they become; both are empty when nothing does
 */
export function changedFields(
  current: Fields,
  patch: Fields,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = Object.keys(patch).filter(
    (name) => patch[name] !== undefined && !isDeepStrictEqual(current[name], patch[name]),
  );
  const only = (fields: Fields) => Object.fromEntries(changed.map((name) => [name, fields[name]]));
  return { before: only(current), after: only(patch) };
}
