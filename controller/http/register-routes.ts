import { Readable } from 'node:stream';
import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FileShelf } from '../attention/files/file-shelf.ts';
import type { Callers } from './callers.ts';
import { type CarryOutOptions, carryOut } from './carry-out.ts';
import { isChange } from './csrf.ts';
import { IncomingFile } from './incoming-file.ts';
import { firstPage } from './page-query.ts';
import { refuseForeign } from './refuse-foreign.ts';
import type { Answer, Route } from './route.ts';
import { refuseCaller } from './route-door.ts';
import { sendAnswer } from './send-answer.ts';

export const apiPrefix = '/api/v1';

type IncomingShelf = Pick<FileShelf, 'receive' | 'discard'>;

export interface RegisterOptions extends CarryOutOptions {
  readonly callers: Callers;
  readonly publicOrigin: string | undefined;
  /** Where bodies are written to that are files. */
  readonly shelf: IncomingShelf;
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
    const reading = readingOf(route, table);
    const isRepresentation =
      route.method === 'GET' || (reading !== undefined && reading.answer === route.answer);
    app.route({
      method: route.method,
      url: `${apiPrefix}${route.path}`,
      config: { textTypes: route.textTypes, fileTypes: route.file?.types ?? [] },
      ...(route.maxBodyBytes === undefined ? {} : { bodyLimit: route.maxBodyBytes }),
      handler: async (request, reply) => {
        const answer = await options.bounded(() => answerTo(request, { route, reading }, options));
        return sendAnswer(answer, request, reply, { isRepresentation });
      },
    });
  }
}

/** @returns the route that reads what another one changes; undefined for what is not changed in place */
export function readingOf({ method, path }: Route, table: readonly Route[]): Route | undefined {
  if (method === 'GET' || method === 'POST') return undefined;
  return table.find((other) => other.method === 'GET' && other.path === path);
}

async function answerTo(
  request: FastifyRequest,
  { route, reading }: { route: Route; reading: Route | undefined },
  options: RegisterOptions,
): Promise<Answer> {
  const { callers, publicOrigin } = options;
  const caller = await callers.identify(request.headers, request.cookies, request.ip);
  refuseCaller(route, caller);
  if (isChange(route.method)) refuseForeign(route, request, caller, publicOrigin);
  const [path = ''] = request.url.split('?');
  const asked = {
    params: paramsOf(request),
    body: route.file ? undefined : request.body,
    file: fileOf(request, route, options.shelf),
    query: request.query,
    page: firstPage,
    caller,
    headers: request.headers,
    cookies: request.cookies,
    isSecure: request.protocol === 'https',
  };
  try {
    return await carryOut({ route, reading, path, request: asked }, options);
  } finally {
    await asked.file?.discard();
  }
}

function fileOf({ body }: FastifyRequest, { file }: Route, shelf: IncomingShelf): IncomingFile | undefined {
  if (!file || !(body instanceof Readable)) return undefined;
  return new IncomingFile({ content: body, maxBytes: file.maxBytes, shelf });
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
