import { Readable } from 'node:stream';
import { errorCodeOf, HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askNodeRed } from './ask-node-red.ts';
import { type Door, doorOf, doorPrefixes } from './door-of.ts';
import { answeredHeaders, forwardedHeaders } from './forwarded-headers.ts';
import type { NodeRedGate } from './node-red-gate.ts';

/** Flows with pictures in them; HTTP-in nodes take no more either. */
const maxBodyBytes = 5 * 1024 * 1024;
const retryAfterS = 3;
const html = 'text/html; charset=utf-8';
/** It is a flow like others: it can be stopped, or removed. */
const stoppedText =
  'Its flows are stopped, or somebody removed them: an admin finds out in the editor, at /red.';

/**
 * What the editor and the dashboard need beyond our own pages: both make code and styles as they run. Nothing is
 * loaded from elsewhere, and no other site frames them.
 */
const directives = {
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'font-src': ["'self'", 'data:'],
  'form-action': ["'self'"],
  'frame-ancestors': ["'self'"],
  'frame-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'data:', 'blob:'],
  'object-src': ["'none'"],
  'script-src': ["'self'", "'unsafe-inline'", "'unsafe-eval'", 'blob:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'", 'blob:'],
};
/** The editor lists palettes that may be installed; admins alone see it. */
const catalogue = 'https://catalogue.nodered.org';

/** @returns what a door's pages may load */
function policyOf(prefix: Door['prefix']) {
  const from = prefix === '/red' ? ["'self'", catalogue] : ["'self'"];
  return { useDefaults: false, directives: { ...directives, 'connect-src': from } };
}

/** Where Node-RED is, and what opens it. */
export interface NodeRedAddress {
  readonly socketPath: string;
  readonly secret: string;
}

/** Put Node-RED's doors on the server: the editor, the dashboard, HTTP-in nodes. */
export async function registerNodeRed(
  app: FastifyInstance,
  { address, gate }: { address: NodeRedAddress; gate: NodeRedGate },
): Promise<void> {
  await app.register(async (doors) => {
    doors.removeAllContentTypeParsers();
    doors.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const prefix of doorPrefixes) {
      for (const url of [prefix, `${prefix}/*`]) {
        doors.route({
          method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
          url,
          bodyLimit: maxBodyBytes,
          helmet: { contentSecurityPolicy: policyOf(prefix), xFrameOptions: { action: 'sameorigin' } },
          handler: (request, reply) => answer(request, reply, { address, gate }),
        });
      }
    }
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { address, gate }: { address: NodeRedAddress; gate: NodeRedGate },
): Promise<FastifyReply> {
  const url = request.raw.url ?? '/';
  const door = doorOf(url);
  if (!door) throw new HomeroomError('not_found');
  const { method, headers, cookies, ip, body } = request;
  try {
    const person = await gate.admit({ door, method, headers, cookies, address: ip });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const answered = await askNodeRed({
      socketPath: address.socketPath,
      method,
      url,
      headers: forwardedHeaders({ headers, person, secret: address.secret, isUpgrade: false }),
      body: body instanceof Readable ? body : undefined,
      signal: gone.signal,
    });
    if (answered.statusCode === 404 && door.prefix === '/dashboard' && isOpenedByPerson(door, request)) {
      answered.resume();
      return reply.code(404).type(html).send(page('There is no dashboard now', stoppedText));
    }
    return reply
      .code(answered.statusCode ?? 502)
      .headers(answeredHeaders(answered.headers))
      .send(answered);
  } catch (caught) {
    if (!isOpenedByPerson(door, request)) throw caught;
    return refusePage(caught, url, reply);
  }
}

/** A person who opens a page gets a page: nobody reads a problem document there. */
function isOpenedByPerson(door: Door, { method, headers }: FastifyRequest): boolean {
  return door.isPage && method === 'GET' && (headers.accept ?? '').includes('text/html');
}

/** @throws what it is no page for */
function refusePage(caught: unknown, url: string, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', 'no-store').type(html);
  switch (errorCodeOf(caught)) {
    case 'sign_in_required':
      // The portal's own door is any page of it, for whoever is not signed in.
      return reply.redirect(`/?next=${encodeURIComponent(url)}`, 303);
    case 'not_allowed':
      return reply
        .code(403)
        .send(page('This page is not for your account', 'Ask whoever runs Homeroom here.'));
    case 'node_red_unavailable':
      return reply
        .code(503)
        .header('refresh', String(retryAfterS))
        .send(page('This page is starting', 'It opens by itself in a moment.'));
    default:
      throw caught;
  }
}

function page(title: string, text: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p><p><a href="/">To the portal</a></p></html>`;
}
