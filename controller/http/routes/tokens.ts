import { apiToken, createApiTokenRequest, HomeroomError, listOf, scopeList } from '@homeroom/protocol';
import * as v from 'valibot';
import { scopesOf, unknownScopes } from '../../accounts/tokens/scopes.ts';
import { hasRole } from '../access.ts';
import { actorOf, type Caller } from '../caller.ts';
import { uuidOf } from '../found.ts';
import { RequestFault } from '../request-fault.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const tokenQuery = v.strictObject({ of: v.optional(v.picklist(['me', 'all']), 'me') });

/**
 * API tokens: everybody's own; admins see and withdraw all.
 *
 * @param areas what scopes can name; asked when the route table is whole
 */
export function tokenRoutes({ tokens }: Services, areas: () => readonly string[]): Route[] {
  return [
    route('GET /tokens', {
      access: 'student',
      summary: 'One’s own API tokens, withdrawn ones too; for admins everybody’s by `?of=all`.',
      query: tokenQuery,
      answer: listOf(apiToken),
      isPaginated: true,
      errors: ['not_allowed'],
      handle: async ({ query, page, caller }) => {
        if (query.of === 'all' && !hasRole(caller, 'admin')) {
          throw new HomeroomError('not_allowed', 'admins may see the tokens of others');
        }
        return { json: await tokens.page(query.of === 'all' ? null : personOf(caller).user.id, page) };
      },
    }),
    route('GET /tokens/scopes', {
      access: 'student',
      summary: 'Everything that a token can be limited to.',
      answer: scopeList,
      operationId: 'listScopes',
      handle: async () => ({ json: { scopes: scopesOf(areas()) } }),
    }),
    route('POST /tokens', {
      access: 'student',
      summary:
        'Make an API token for oneself: everything for 90 days unless told otherwise. It is told in this answer alone.',
      body: createApiTokenRequest,
      answer: apiToken,
      isCreating: true,
      errors: ['scope_missing'],
      handle: async ({ body, caller }) => {
        const person = personOf(caller);
        const unknown = unknownScopes(body.scopes, areas());
        if (unknown.length > 0) throw unknownScopesFault(unknown);
        const { note, scopes, expiresInS } = body;
        const madeBy = caller.by === 'bearer' ? person : null;
        const request = { userId: person.user.id, note, scopes, expiresInS, madeBy };
        return { status: 201, json: await tokens.create(request, actorOf(caller)) };
      },
    }),
    route('DELETE /tokens/:id', {
      access: 'student',
      summary: 'Withdraw one’s own token, or, for admins, anybody’s. Doing it twice is no fault.',
      handle: async ({ params, caller }) => {
        const owner = hasRole(caller, 'admin') ? null : personOf(caller).user.id;
        await tokens.withdraw(uuidOf(params.id), owner, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}

/** The door lets nobody else in here. */
function personOf({ person }: Caller) {
  if (!person) throw new HomeroomError('sign_in_required');
  return person;
}

function unknownScopesFault(unknown: readonly string[]): RequestFault {
  const message = `There is no scope ${unknown.join(', ')}; GET /tokens/scopes lists all.`;
  return new RequestFault(message, [{ field: 'scopes', message }]);
}
