import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalOf } from './access.ts';
import type { Callers } from './callers.ts';
import type { Cookie } from './cookies.ts';
import { hasCsrfToken, isChange } from './csrf.ts';
import { isOwnOrigin } from './origin.ts';
import { firstPage } from './page-query.ts';
import type { Answer, Route } from './route.ts';

export const apiPrefix = '/api/v1';

export interface RegisterOptions {
  readonly callers: Callers;
  readonly publicOrigin: string | undefined;
  /** Runs the work of a request so that it does not wait for a silent database. */
  readonly bounded: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Put the route table on the server: who asks, from where, whether they may, then the handler. */
export function registerRoutes(
  app: FastifyInstance,
  table: readonly Route[],
  options: RegisterOptions,
): void {
  for (const route of table) {
    app.route({
      method: route.method,
      url: `${apiPrefix}${route.path}`,
      handler: async (request, reply) => {
        const answer = await options.bounded(() => answerTo(request, route, options));
        return send(answer, request, reply);
      },
    });
  }
}

async function answerTo(
  request: FastifyRequest,
  route: Route,
  { callers, publicOrigin }: RegisterOptions,
): Promise<Answer> {
  const caller = await callers.identify(request.headers, request.cookies, request.ip);
  const refusal = refusalOf(route.access, caller);
  if (refusal) throw new HomeroomError(refusal, neededFor(route, refusal));
  if (isChange(route.method)) refuseForeign(route, request, caller, publicOrigin);
  return await route.handle({
    params: paramsOf(request),
    body: request.body,
    query: request.query,
    page: firstPage,
    caller,
    headers: request.headers,
    cookies: request.cookies,
    isSecure: request.protocol === 'https',
  });
}

function neededFor(route: Route, refusal: string): string | undefined {
  return refusal === 'not_allowed' ? `this needs the role ${route.access}` : undefined;
}

/** An agent brings no cookie; everybody else's change must come from one of our own pages. */
function refuseForeign(
  route: Route,
  request: FastifyRequest,
  caller: Parameters<typeof hasCsrfToken>[0],
  publicOrigin: string | undefined,
): void {
  if (route.access === 'device' || caller.by === 'bearer') return;
  if (!isOwnOrigin(request.headers, publicOrigin)) throw new HomeroomError('csrf_token_wrong');
  // Signing in changes nothing of whoever is signed in: the origin is proof enough.
  if (route.path === '/sign-in') return;
  const given = request.headers['x-csrf-token'];
  if (!hasCsrfToken(caller, typeof given === 'string' ? given : undefined)) {
    throw new HomeroomError('csrf_token_wrong');
  }
}

/** @returns the path's parameters, as the text that the router found. @throws not_found for a NUL */
function paramsOf(request: FastifyRequest): Record<string, string> {
  const { params } = request;
  if (typeof params !== 'object' || params === null) return {};
  const texts = Object.entries(params).map(([name, value]) => [name, String(value)] as const);
  // PostgreSQL refuses a NUL in any text: whatever has one in its name is not there.
  if (texts.some(([, text]) => text.includes('\0'))) throw new HomeroomError('not_found');
  return Object.fromEntries(texts);
}

function send(answer: Answer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  for (const cookie of answer.cookies ?? []) setCookie(reply, cookie, request.protocol === 'https');
  reply.headers({ 'cache-control': 'no-store', ...answer.headers });
  if (answer.takeOver) return takeOver(answer.takeOver, reply);
  if (answer.bytes)
    return reply
      .code(answer.status ?? 200)
      .type(answer.bytes.mediaType)
      .send(answer.bytes.data);
  if (answer.json === undefined) return reply.code(answer.status ?? 204).send();
  return reply.code(answer.status ?? 200).send(answer.json);
}

function setCookie(reply: FastifyReply, { name, value, expiresAt }: Cookie, isSecure: boolean): void {
  reply.setCookie(name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    expires: expiresAt,
  });
}

function takeOver(open: NonNullable<Answer['takeOver']>, reply: FastifyReply): FastifyReply {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  open(reply.raw);
  return reply;
}
