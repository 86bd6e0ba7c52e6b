import { HomeroomError } from '@homeroom/protocol';
import { refusalOf } from './access.ts';
import type { Caller } from './caller.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { firstPage } from './page-query.ts';
import type { Answer, Route, RouteRequest } from './route.ts';
import { refuseBeyondScopes } from './scope-guard.ts';

/** @throws sign_in_required, not_allowed, scope_missing when the caller may not use the route */
export function refuseCaller(route: Route, caller: Caller): void {
  const refusal = refusalOf(route.access, caller);
  const needed = refusal === 'not_allowed' ? `this needs the role ${route.access}` : undefined;
  if (refusal) throw new HomeroomError(refusal, needed);
  refuseBeyondScopes(caller, route);
}

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * The route table by another door than HTTP: what is asked here meets the same checks and does the same.
 *
 * @param context of the one request that came in at the door
 */
export async function askRoute(
  route: Route,
  { params = {}, query = {}, body }: Asked,
  context: Pick<RouteRequest, 'caller' | 'headers' | 'cookies' | 'isSecure'>,
  options: CarryOutOptions,
): Promise<Answer> {
  refuseCaller(route, context.caller);
  const path = route.path.replaceAll(/:([a-z]+)/gi, (_all, name: string) => params[name] ?? '');
  const request = { ...context, params, query, body, page: firstPage };
  return await carryOut({ route, reading: undefined, path, request }, options);
}
