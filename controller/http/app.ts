import { randomUUID } from 'node:crypto';
import type { RequestListener, Server } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { errors, toError } from '@homeroom/protocol';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { addFileParsers } from './file-bodies.ts';
import { codeOfFailure, problemMediaType, problemOf, retryAfterOf } from './problem.ts';
import { addTextParsers } from './text-bodies.ts';

/** Every body of the API is a small JSON object. */
const maxBodyBytes = 64 * 1024;
/** Files come over a classroom’s Wi-Fi; everything else is small. */
const requestTimeoutMs = 180_000;

/**
 * Where the pages may load from: this server alone. noVNC draws pointers from `data:` images and
 * the pages show snapshots as `blob:`; nothing needs inline scripts or styles.
 */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'base-uri': ["'none'"],
    'connect-src': ["'self'"],
    'font-src': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'frame-src': ["'none'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'object-src': ["'none'"],
    'script-src': ["'self'"],
    'script-src-attr': ["'none'"],
    'style-src': ["'self'"],
  },
};

export interface AppOptions {
  readonly logger: Logger;
  readonly trustedProxies: readonly string[] | undefined;
  /** Strict transport security only where the certificate is one that browsers know. */
  readonly hasPublicCertificate: boolean;
  /** Where finished requests are counted. */
  readonly observe: (request: { method: string; route: string; status: number; seconds: number }) => void;
  /** Gets the listener that serves every request; the port listener feeds it. */
  readonly onListener: (listener: RequestListener) => Server;
}

/** Make the fastify instance: limits, headers, problem documents. Routes are put on it by others. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { logger, trustedProxies } = options;
  const app: FastifyInstance = fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    trustProxy: trustedProxies ? [...trustedProxies] : false,
    forceCloseConnections: true,
    genReqId: () => `urn:uuid:${randomUUID()}`,
    serverFactory: (listener) => options.onListener(listener),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    // A malformed percent sign in a path, for one.
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, logger),
  });
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Some clients name the type of every body, also of none.
    if (body === '') done(null, undefined);
    else void parseJson(request, String(body), done);
  });
  addTextParsers(app);
  addFileParsers(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy,
    strictTransportSecurity: options.hasPublicCertificate,
    xFrameOptions: { action: 'deny' },
  });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, logger));
  app.addHook('onResponse', async (request, reply) => {
    options.observe({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });
  return app;
}

function sendProblem(
  caught: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const code = codeOfFailure(caught);
  const problem = problemOf(caught, request.id);
  const facts = { code, instance: request.id, method: request.method, route: request.routeOptions.url };
  if (errors[code].status >= 500) logger.error({ ...facts, err: toError(caught) }, 'a request failed');
  const retryAfterS = retryAfterOf(caught);
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS));
  if (code === 'sign_in_required') reply.header('www-authenticate', 'Bearer realm="homeroom"');
  return reply.code(problem.status).type(problemMediaType).header('cache-control', 'no-store').send(problem);
}
