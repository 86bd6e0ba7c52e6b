import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cookie } from './cookies.ts';
import { etagOf, isSame } from './etag.ts';
import type { Answer } from './route.ts';

export interface SendOptions {
  /** Whether the answer is what a GET of the same path tells: then it has an ETag. */
  readonly isRepresentation: boolean;
}

/** Send what a handler answered: with an ETag where it can be asked for again, and 304 where nothing changed. */
export function sendAnswer(
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
  { isRepresentation }: SendOptions,
): FastifyReply {
  for (const cookie of answer.cookies ?? []) setCookie(reply, cookie, request.protocol === 'https');
  reply.headers({ 'cache-control': 'no-store', ...answer.headers });
  if (answer.takeOver) return takeOver(answer.takeOver, reply);
  const { status = 200, bytes, text } = answer;
  if (bytes) {
    if (isKnown(request, answer.headers?.etag)) return reply.code(304).send();
    return reply.code(status).type(bytes.mediaType).send(bytes.data);
  }
  if (text) return reply.code(status).type(text.mediaType).send(Readable.from(text.chunks));
  if (answer.stream) return reply.code(status).type(answer.stream.mediaType).send(answer.stream.content);
  if (answer.json === undefined) return reply.code(answer.status ?? 204).send();
  const body = JSON.stringify(answer.json);
  if (isRepresentation) {
    const etag = etagOf(body);
    reply.header('etag', etag);
    if (isKnown(request, etag)) return reply.code(304).send();
  }
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Whether whoever asks has it already. */
function isKnown({ method, headers }: FastifyRequest, etag: string | undefined): boolean {
  return method === 'GET' && etag !== undefined && isSame(headers['if-none-match'], etag);
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
