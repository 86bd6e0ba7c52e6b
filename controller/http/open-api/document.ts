import { defaultPageSize, maxPageSize } from '@homeroom/protocol';
import { kioskCookieName, sessionCookieName } from '../cookies.ts';
import { apiPrefix, readingOf } from '../register-routes.ts';
import type { Route } from '../route.ts';
import { schemaComponents } from './json-schema.ts';
import { type Json, operationOf, tagOf, templateOf } from './operation.ts';

const parameters = {
  limit: {
    name: 'limit',
    in: 'query',
    description: 'How many records at most.',
    schema: { type: 'integer', minimum: 1, maximum: maxPageSize, default: defaultPageSize },
  },
  after: {
    name: 'after',
    in: 'query',
    description: 'The `next` of the page before; without it, the first page.',
    schema: { type: 'string', maxLength: 200 },
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A random UUID: repeated within a day with the same request, nothing is made twice, and the answer is the same.',
    schema: { type: 'string', minLength: 16, maxLength: 200 },
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that a GET of this path told: the change is made only while nothing else changed.',
    schema: { type: 'string' },
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The ETag that an earlier GET told: 304 while it is the same.',
    schema: { type: 'string' },
  },
  csrfToken: {
    name: 'X-CSRF-Token',
    in: 'header',
    description: 'What `GET /me` tells; needed with a cookie, not with a bearer token.',
    schema: { type: 'string' },
  },
};

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName,
    description: 'A person in a browser, after `POST /sign-in`.',
  },
  kiosk: {
    type: 'apiKey',
    in: 'cookie',
    name: kioskCookieName,
    description: 'The browser of a seat; its agent fetches the cookie by `POST /kiosk/sign-in`.',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'A script, with an API token.' },
  device: { type: 'http', scheme: 'basic', description: 'An agent, with the credential of its device.' },
};

/**
 * The whole API as an OpenAPI 3.1 document, made from the route table.
 *
 * @param version of Homeroom
 */
export function openApiDocument(table: readonly Route[], version: string): Json {
  const byPath = Map.groupBy(table, ({ path }) => templateOf(path));
  const paths = [...byPath].map(([path, routes]) => [
    path,
    Object.fromEntries(
      routes.map((route) => [route.method.toLowerCase(), operationOf(route, readingOf(route, table))]),
    ),
  ]);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Homeroom',
      version,
      summary: 'Remote desktops for classrooms and home labs.',
      description:
        'Every failure is a problem document (RFC 9457) whose `code` docs/error-codes.md explains.',
      license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' },
    },
    servers: [{ url: apiPrefix }],
    tags: [...new Set(table.map(tagOf))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: { schemas: schemaComponents(), parameters, securitySchemes },
  };
}
