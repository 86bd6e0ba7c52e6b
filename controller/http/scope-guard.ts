import { HomeroomError } from '@homeroom/protocol';
import { allows, type Needed, neededScope } from '../accounts/tokens/scopes.ts';
import type { Caller } from './caller.ts';
import { isChange } from './csrf.ts';
import type { Route } from './route.ts';

/** @returns the area of a route, by which scopes name it: the first part of its path. */
export function areaOf({ path }: Pick<Route, 'path'>): string {
  return path.split('/')[1] ?? '';
}

/** @returns every area that a token can be limited to, by name. */
export function areasOf(table: readonly Pick<Route, 'path' | 'access'>[]): string[] {
  // Those beside the table are asked for by themselves.
  return [...new Set([...table.filter(needsScope).map(areaOf), 'metrics', 'flows'])].toSorted();
}

/**
 * The one place where scopes count: a bearer token may do no more than they say, whatever its user may.
 *
 * @throws scope_missing
 */
export function refuseBeyondScopes(caller: Caller, route: Pick<Route, 'path' | 'access' | 'method'>): void {
  if (needsScope(route))
    refuseWithoutScope(caller, { area: areaOf(route), isChange: isChange(route.method) });
}

/** For what is no row of the route table. @throws scope_missing */
export function refuseWithoutScope({ person }: Caller, needed: Needed): void {
  if (!person?.scopes || allows(person.scopes, needed)) return;
  throw new HomeroomError('scope_missing', `this needs the scope ${neededScope(needed)}`);
}

/** What is open to nobody at all is open to any token. */
function needsScope({ access }: Pick<Route, 'access'>): boolean {
  return access !== 'anyone' && access !== 'device';
}
