import type { FastifyInstance } from 'fastify';
import { etagOf, isSame } from '../etag.ts';
import type { Route } from '../route.ts';
import { openApiDocument } from './document.ts';

/** `/openapi.json`: what anybody may read in the source, so anybody may ask for it. */
export function registerOpenApi(app: FastifyInstance, table: readonly Route[], version: string): void {
  let made: { readonly text: string; readonly etag: string } | undefined;
  /** For the first who asks: it takes a good part of a start, and most controllers are never asked. */
  const make = () => {
    const text = JSON.stringify(openApiDocument(table, version));
    return { text, etag: etagOf(text) };
  };
  app.get('/openapi.json', async (request, reply) => {
    made ??= make();
    const { text, etag } = made;
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (isSame(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(text);
  });
}
