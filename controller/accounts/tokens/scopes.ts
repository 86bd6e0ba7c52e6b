/** What a bearer token may do of what its user may. Pure. */

const everything = '*';

/** What a route needs of a token: an area, and whether it changes something. */
export interface Needed {
  /** The first segment of the route's path. */
  readonly area: string;
  readonly isChange: boolean;
}

/** @returns the least scope that allows it, `rooms:read` */
export function neededScope({ area, isChange }: Needed): string {
  return `${area}:${isChange ? 'write' : 'read'}`;
}

/** @returns whether scopes allow it; `write` includes `read`. */
export function allows(scopes: readonly string[], { area, isChange }: Needed): boolean {
  if (scopes.includes(everything) || scopes.includes(`${area}:write`)) return true;
  return !isChange && scopes.includes(`${area}:read`);
}

/**
 * Whether everything that `wanted` allows is allowed by `held` too: a token makes no token that may do more than itself.
 */
export function covers(held: readonly string[], wanted: readonly string[]): boolean {
  if (held.includes(everything)) return true;
  return wanted.every((scope) => {
    const [area = '', right] = scope.split(':');
    return scope !== everything && allows(held, { area, isChange: right === 'write' });
  });
}

/** @returns the scopes that name none of `areas`, to be told as typing mistakes. */
export function unknownScopes(scopes: readonly string[], areas: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== everything && !areas.includes(scope.split(':')[0] ?? ''));
}

/** @returns every scope there is, for somebody to choose from. */
export function scopesOf(areas: readonly string[]): string[] {
  return [everything, ...areas.flatMap((area) => [`${area}:read`, `${area}:write`])];
}
