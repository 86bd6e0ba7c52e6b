import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { ErrorCode } from '@homeroom/protocol';
import type { FastifyRequest } from 'fastify';
import type * as v from 'valibot';
import type { PageRequest } from '../store/page.ts';
import type { Access } from './access.ts';
import type { Caller } from './caller.ts';
import type { Cookie } from './cookies.ts';
import type { IncomingFile } from './incoming-file.ts';
import { operationIdOf } from './operation-id.ts';
import { pageRequestOf, withoutPage } from './page-query.ts';
import { parseRequest } from './request-fault.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a route's handler gets: checked, and nothing of the server itself. */
export interface RouteRequest<Body = unknown, Query = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly query: Query;
  /** What page of a list is wanted; the first one of the usual size on routes that have no pages. */
  readonly page: PageRequest;
  readonly caller: Caller;
  readonly headers: FastifyRequest['headers'];
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The body of a route that takes a file; undefined where none was sent. */
  readonly file?: IncomingFile | undefined;
  readonly isSecure: boolean;
}

/** What a handler answers with; 200, or 204 when there is nothing to say. */
export interface Answer<Json = unknown> {
  readonly status?: number;
  readonly json?: Json;
  readonly bytes?: { readonly mediaType: string; readonly data: Buffer };
  /** Sent as it comes, for what is too long to be held at once. */
  readonly text?: { readonly mediaType: string; readonly chunks: AsyncIterable<string> };
  /** Sent as it comes, too. */
  readonly stream?: { readonly mediaType: string; readonly content: Readable };
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
  /** Takes the response over, for answers that do not end: nothing else is sent. */
  readonly takeOver?: (response: ServerResponse) => void;
}

/** What server, tests and docs need to know of a route; the OpenAPI document is made from it. */
export interface RouteFacts {
  readonly access: Access;
  readonly summary: string;
  /** Media types of a 200 that is not JSON, such as `image/jpeg`. */
  readonly mediaTypes?: readonly string[];
  /** Statuses of success, when it is not 200 (201 of what creates, 204 without an answer) alone. */
  readonly statuses?: readonly number[];
  /** Codes of its own, beyond those that any route of its kind may answer with. */
  readonly errors?: readonly ErrorCode[];
  /** Takes `?limit=` and `?after=`; its answer is `listOf(…)`, its handler passes `page` on. */
  readonly isPaginated?: boolean;
  /** A POST that makes something: takes `Idempotency-Key`, answers 201. */
  readonly isCreating?: boolean;
  /**
   * Of what creates: whether doing it twice makes no second by itself, as a claim. Then its key is kept beside the work
   * and not in one transaction with it.
   */
  readonly isRepeatable?: boolean;
  /** Media types of a body that is taken as text beside JSON, as if it were `{text}`. */
  readonly textTypes?: readonly string[];
  /** Takes a file as its body, of these media types; asked for by `request.file`. */
  readonly file?: { readonly types: readonly string[]; readonly maxBytes: number } | undefined;
  /** How large a body may be; 64 KiB unless told otherwise. */
  readonly maxBodyBytes?: number | undefined;
  /** The name that programs made from the OpenAPI document call it by, where the usual one reads badly. */
  readonly operationId?: string;
}

/** One row of the route table. */
export interface Route extends Required<RouteFacts> {
  readonly method: Method;
  /** Below `/api/v1`, with `:id` for what varies. */
  readonly path: string;
  readonly body: v.GenericSchema | undefined;
  readonly query: QuerySchema | undefined;
  readonly answer: v.GenericSchema | undefined;
  readonly handle: (request: RouteRequest) => Promise<Answer>;
}

/** What stands behind the `?`: one level of names, all of them texts. */
export type QuerySchema = v.GenericSchema & { readonly entries: v.ObjectEntries };

interface RouteOptions<B extends v.GenericSchema, Q extends QuerySchema, A extends v.GenericSchema>
  extends RouteFacts {
  /** Checked strictly; a route without one ignores the body. */
  readonly body?: B;
  /** A strict object, so that a mistyped name is told. */
  readonly query?: Q;
  /** Of the JSON of 200 and 201; absent where there is none. */
  readonly answer?: A;
  readonly handle: (
    request: RouteRequest<v.InferOutput<B>, v.InferOutput<Q>>,
  ) => Promise<Answer<v.InferOutput<A>>>;
}

/**
 * Make a row of the route table.
 *
 * @param name method and path, as in `GET /rooms/:id`
 */
export function route<B extends v.GenericSchema, Q extends QuerySchema, A extends v.GenericSchema>(
  name: `${Method} /${string}`,
  options: RouteOptions<B, Q, A>,
): Route {
  const { access, summary, body, query, answer } = options;
  const {
    mediaTypes = [],
    textTypes = [],
    maxBodyBytes,
    file,
    errors = [],
    isPaginated = false,
    isCreating = false,
  } = options;
  const { isRepeatable = false } = options;
  const [method, path] = splitName(name);
  const usualStatus = isCreating ? 201 : answer || mediaTypes.length > 0 ? 200 : 204;
  return {
    method,
    path,
    access,
    summary,
    body,
    query,
    answer,
    mediaTypes,
    textTypes,
    maxBodyBytes,
    file,
    statuses: options.statuses ?? [usualStatus],
    errors,
    isPaginated,
    isCreating,
    isRepeatable,
    operationId: options.operationId ?? operationIdOf({ method, path, isPaginated, isCreating }),
    handle: (request) => {
      const rest = isPaginated ? withoutPage(request.query) : request.query;
      return options.handle({
        ...request,
        page: isPaginated ? pageRequestOf(request.query) : request.page,
        body: body ? parseRequest(body, request.body ?? {}) : undefined,
        query: query ? parseRequest(query, rest) : undefined,
      });
    },
  };
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

function splitName(name: string): [Method, string] {
  const method = methods.find((candidate) => name.startsWith(`${candidate} `)) ?? 'GET';
  return [method, name.slice(method.length + 1)];
}
