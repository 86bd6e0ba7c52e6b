import { HomeroomError } from '@homeroom/protocol';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.ts';
import { hasCsrfToken } from './csrf.ts';
import { isOwnOrigin } from './origin.ts';
import type { Route } from './route.ts';
import { areaOf } from './scope-guard.ts';

/**
 * An agent brings no cookie; everybody else's change must come from one of our own pages.
 *
 * @throws csrf_token_wrong
 */
export function refuseForeign(
  route: Pick<Route, 'path' | 'access'>,
  request: FastifyRequest,
  caller: Caller,
  publicOrigin: string | undefined,
): void {
  if (route.access === 'device' || caller.by === 'bearer') return;
  if (!isOwnOrigin(request.headers, publicOrigin)) throw new HomeroomError('csrf_token_wrong');
  // Signing in changes nothing of whoever is signed in: the origin is proof enough.
  if (areaOf(route) === 'sign-in') return;
  const given = request.headers['x-csrf-token'];
  if (!hasCsrfToken(caller, typeof given === 'string' ? given : undefined)) {
    throw new HomeroomError('csrf_token_wrong');
  }
}
