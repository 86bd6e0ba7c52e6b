/**
 * `/graphql` for people and scripts who are signed in: the same authentication, CSRF and access rules as the HTTP API,
 * since every field asks a row of its route table. By POST alone, so that no link asks in somebody's name.
 */

import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import { createHandler } from 'graphql-http';
import type { Logger } from 'pino';
import { refusalOf } from '../access.ts';
import { refuseForeign } from '../refuse-foreign.ts';
import type { RegisterOptions } from '../register-routes.ts';
import type { Route } from '../route.ts';
import { askRoute } from '../route-door.ts';
import { graphErrorOf } from './graph-error.ts';
import { limitsRule, maxTokens } from './limits.ts';
import { type GraphContext, graphSchema } from './schema.ts';

export const graphqlPath = '/graphql';

/** Put `/graphql` on the server. */
export function registerGraphql(
  app: FastifyInstance,
  table: readonly Route[],
  options: RegisterOptions & { readonly logger: Logger },
): void {
  const schema = graphSchema(table);
  const handle = createHandler<FastifyRequest, GraphContext, Record<never, never>>({
    schema,
    context: ({ context }) => ({ ask: context.ask }),
    parse: (source) => parse(source, { maxTokens }),
    validationRules: (_request, _args, rules) => [...rules, limitsRule],
    formatError: (error) =>
      graphErrorOf(error, (err) => options.logger.error({ err, route: graphqlPath }, 'a request failed')),
  });
  app.post(graphqlPath, async (request, reply) => {
    const [body, init] = await options.bounded(async () => {
      const context = await contextOf(request, table, options);
      const { method, url, headers } = request;
      const asked = request.body as Record<string, unknown> | undefined;
      return await handle({ method, url, headers, body: asked ?? null, raw: request, context });
    });
    return reply
      .code(init.status)
      .headers({ 'cache-control': 'no-store', ...init.headers })
      .send(body);
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: graphqlPath,
    handler: async () => {
      throw new HomeroomError('not_found', 'GraphQL is asked by POST');
    },
  });
}

/** @throws sign_in_required, csrf_token_wrong */
async function contextOf(
  request: FastifyRequest,
  table: readonly Route[],
  options: RegisterOptions,
): Promise<GraphContext> {
  const { headers, cookies, ip } = request;
  const caller = await options.callers.identify(headers, cookies, ip);
  const refusal = refusalOf('viewer', caller);
  if (refusal) throw new HomeroomError(refusal);
  refuseForeign({ path: graphqlPath, access: 'viewer' }, request, caller, options.publicOrigin);
  const isSecure = request.protocol === 'https';
  return {
    ask: async (operationId, asked) => {
      const route = table.find((row) => row.operationId === operationId);
      if (!route) throw new HomeroomError('internal', `there is no operation ${operationId}`);
      return (await askRoute(route, asked, { caller, headers, cookies, isSecure }, options)).json;
    },
  };
}
