import { openApiDocument } from '@homeroom/controller/http/open-api/document.ts';
import { errors } from '@homeroom/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeRows } from '../../support/route-rows.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
}

const table = routeRows();
const document = openApiDocument(table, '1.2.3');
const operations = Object.values(document.paths as Record<string, Record<string, Operation>>).flatMap(
  (methods) => Object.values(methods),
);

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refsIn(inner)));
}

describe('the OpenAPI document', () => {
  it('has an operation for each route, each by a name of its own', () => {
    expect(operations).toHaveLength(table.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(table.length);
    for (const { operationId } of operations) expect(operationId).toMatch(/^[a-z][a-zA-Z]+$/);
  });

  it('refers only to what it holds', () => {
    const refs = [...new Set(refsIn(document))];
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) {
      const target = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], document);
      expect(target, ref).toBeTypeOf('object');
    }
  });

  it('tells the shape of every answer, but of those that have none', () => {
    const silent = operations.filter(({ responses }) =>
      Object.entries(responses).some(([status, { content }]) => /^20[0-2]$/.test(status) && !content),
    );
    expect(silent.map(({ operationId }) => operationId)).toEqual([]);
    // A 204 says that there is nothing to tell; a route that tells something states its schema.
    const unstated = table.filter(
      ({ method, answer, mediaTypes }) => method === 'GET' && !answer && mediaTypes.length === 0,
    );
    expect(unstated.map(({ path }) => path)).toEqual([]);
  });

  it('puts every code under its own status', () => {
    for (const { responses, operationId } of operations) {
      for (const [status, { content }] of Object.entries(responses)) {
        const problem = content?.['application/problem+json']?.schema as
          | { allOf: [unknown, { properties: { code: { enum: (keyof typeof errors)[] } } }] }
          | undefined;
        for (const code of problem?.allOf[1].properties.code.enum ?? []) {
          expect(errors[code].status, `${operationId} ${code}`).toBe(Number(status));
        }
      }
    }
  });
});

describe('/openapi.json', () => {
  let test: TestServer;
  beforeAll(async () => {
    test = await startTestServer();
  });
  afterAll(() => test[Symbol.asyncDispose]());

  it('is the document, to anybody, and is not sent twice', async () => {
    const first = await test.fetch('/openapi.json');
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toContain('application/json');
    expect(first.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Homeroom', version: '0.0.0' } });
    const etag = first.headers.get('etag') ?? '';
    const again = await test.fetch('/openapi.json', { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});
