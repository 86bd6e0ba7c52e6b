import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Vite puts a hash of the content into the names below `/assets`: they never change. */
const assetPrefix = '/assets/';
const immutable = 'public, max-age=31536000, immutable';

export interface PageOptions {
  /** The folder that `vite build` fills. */
  readonly webDir: string;
  /** What the pages say while it is missing. */
  readonly buildHint: string;
}

/**
 * Serve the pages (the folder may be missing, or be filled while we run): `/kiosk/<device>`, `/desktop/<session>`, `/broadcast/<id>`, and the portal for every other path
 * without a file. Pages are never cached, hashed assets for ever.
 */
export async function registerPages(app: FastifyInstance, options: PageOptions): Promise<void> {
  await app.register(fastifyStatic, {
    root: options.webDir,
    index: false,
    cacheControl: false,
    // A folder is no file, and no file has a NUL in its name: both are the portal's to answer.
    allowedPath: (path) => !path.endsWith('/') && !path.includes('\0') && !path.includes('%00'),
    setHeaders: (reply, path) => {
      const isAsset = path.startsWith(join(options.webDir, assetPrefix));
      reply.header('cache-control', isAsset ? immutable : 'no-cache');
    },
  });
  const page = (name: string) => (_request: unknown, reply: FastifyReply) => sendPage(reply, options, name);
  app.get('/kiosk/:device', page('kiosk.html'));
  app.get('/desktop/:session', (_request, reply) => sendPage(framedByOurs(reply), options, 'desktop.html'));
  app.get('/broadcast/:id', page('desktop.html'));
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !isMachinePath(request.url);
    if (!isPage) throw new HomeroomError('not_found', 'there is no such address');
    return sendPage(reply, options, 'index.html');
  });
}

/** Paths that programs ask for: a page there would be taken for an answer. */
function isMachinePath(url: string): boolean {
  return url === '/api' || url.startsWith('/api/') || url.startsWith(assetPrefix);
}

/** A teacher looks at a desktop on the dashboard, in a frame; pages of others may frame nothing of ours. */
function framedByOurs(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy'));
  return reply
    .header('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
    .header('x-frame-options', 'SAMEORIGIN');
}

function sendPage(reply: FastifyReply, options: PageOptions, name: string): FastifyReply {
  const html = readPage(options, name);
  reply.header('cache-control', 'no-cache');
  if (html === undefined) return reply.code(503).type('text/plain; charset=utf-8').send(options.buildHint);
  return reply.type('text/html; charset=utf-8').send(html);
}

/** Read each time: three small files, and a new build shows without a restart. */
function readPage({ webDir }: PageOptions, name: string): string | undefined {
  try {
    return readFileSync(join(webDir, name), 'utf8');
  } catch {
    // Not built, or being built: the caller says how.
    return undefined;
  }
}
