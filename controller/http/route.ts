import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type * as v from 'valibot';
import type { Access } from './access.ts';
import type { Caller } from './caller.ts';
import type { Cookie } from './cookies.ts';
import { parseRequest } from './request-fault.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route's handler gets: checked, and nothing of the server itself. */
export interface RouteRequest<Body = unknown, Query = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  readonly caller: Caller;
  readonly headers: FastifyRequest['headers'];
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly isSecure: boolean;
}

/** What a handler answers with; 200, or 204 when there is nothing to say. */
export interface Answer {
  readonly status?: number;
  readonly json?: unknown;
  readonly bytes?: { readonly mediaType: string; readonly data: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
  /** Takes the response over, for answers that do not end: nothing else is sent. */
  readonly takeOver?: (response: ServerResponse) => void;
}

/** One row of the route table: everything that the server, the tests and the docs need to know. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v1`, with `:id` for what varies. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly body: v.GenericSchema | undefined;
  readonly handle: (request: RouteRequest) => Promise<Answer>;
}

interface RouteOptions<B extends v.GenericSchema, Q extends v.GenericSchema> {
  readonly access: Access;
  readonly summary: string;
  /** Checked strictly; a route without one ignores the body. */
  readonly body?: B;
  readonly query?: Q;
  readonly handle: (request: RouteRequest<v.InferOutput<B>, v.InferOutput<Q>>) => Promise<Answer>;
}

/**
 * Make a row of the route table.
 *
 * @param name method and path, as in `GET /rooms/:id`
 */
export function route<B extends v.GenericSchema, Q extends v.GenericSchema>(
  name: `${Method} /${string}`,
  options: RouteOptions<B, Q>,
): Route {
  const { access, summary, body, query } = options;
  const [method, path] = splitName(name);
  return {
    method,
    path,
    access,
    summary,
    body,
    handle: (request) =>
      options.handle({
        ...request,
        body: body ? parseRequest(body, request.body ?? {}) : undefined,
        query: query ? parseRequest(query, request.query) : undefined,
      }),
  };
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function splitName(name: string): [Method, string] {
  const method = methods.find((candidate) => name.startsWith(`${candidate} `)) ?? 'GET';
  return [method, name.slice(method.length + 1)];
}
