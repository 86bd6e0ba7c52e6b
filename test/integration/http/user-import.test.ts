import { afterAll, beforeAll, expect, it } from 'vitest';
import { asRole, startTestServer, type TestServer } from './support/test-server.ts';

const asked: unknown[] = [];
let test: TestServer;
beforeAll(async () => {
  test = await startTestServer({
    services: {
      peopleImport: {
        run: async ({ text, ...options }) => {
          asked.push([text, options]);
          if (text.includes('wrong')) {
            const faults = [
              { line: 2, column: 'role', message: 'There is no such role.' },
              { line: 3, column: null, message: 'Too many columns.' },
            ];
            return { kind: 'refused', faults };
          }
          return {
            kind: 'done',
            answer: {
              dryRun: options.dryRun,
              created: 1,
              updated: 0,
              unchanged: 0,
              newGroups: [],
              passwords: null,
            },
          };
        },
      },
    },
  });
});
afterAll(() => test[Symbol.asyncDispose]());

const post = (query: string, body: unknown, type?: string) =>
  test.fetch(`/api/v1/users/import${query}`, {
    method: 'POST',
    headers: { ...asRole('admin'), ...(type && { 'content-type': type }) },
    body,
  });

it('takes the file as text/csv or within JSON, with the options in the address', async () => {
  asked.length = 0;
  expect(
    (await post('?dryRun=true&existing=update', '\uFEFFusername\nana\n', 'text/csv; charset=utf-8')).status,
  ).toBe(200);
  expect((await post('', { text: 'username\nben\n' })).status).toBe(200);
  expect(asked).toEqual([
    ['username\nana\n', { dryRun: true, existing: 'update' }],
    ['username\nben\n', { dryRun: false, existing: 'refuse' }],
  ]);
});

it('tells every fault by line and column', async () => {
  const answered = await post('', 'wrong', 'text/csv');
  expect(answered.problem()).toMatchObject({
    status: 422,
    code: 'import_invalid',
    detail: 'There are 2 faults.',
    errors: [
      { field: 'line 2, role', message: 'There is no such role.' },
      { field: 'line 3', message: 'Too many columns.' },
    ],
  });
});

it('takes a file of four megabytes, and no larger one', async () => {
  expect((await post('', `username\n${'x\n'.repeat(1_900_000)}`, 'text/csv')).status).toBe(200);
  expect((await post('', 'x'.repeat(4 * 1024 * 1024 + 1), 'text/csv')).problem().code).toBe('body_too_large');
});

it('says what to do about a file of another encoding', async () => {
  const latin1 = new Uint8Array(Buffer.from('username,name\nana,Müller\n', 'latin1'));
  const answered = await fetch(`${test.origin}/api/v1/users/import`, {
    method: 'POST',
    headers: { ...asRole('admin'), 'content-type': 'text/csv' },
    body: latin1,
  });
  expect([answered.status, await answered.json()]).toEqual([
    400,
    expect.objectContaining({ detail: expect.stringContaining('CSV UTF-8') }),
  ]);
});

it('takes text nowhere else', async () => {
  const answered = await test.fetch('/api/v1/rooms', {
    method: 'POST',
    headers: { ...asRole('admin'), 'content-type': 'text/csv' },
    body: 'name\nRoom 2\n',
  });
  expect(answered.problem().code).toBe('media_type_unsupported');
});

it.each(['?dryRun=yes', '?existing=delete', '?dry=true'])('tells a wrong option in %s', async (query) => {
  expect((await post(query, 'username\nana\n', 'text/csv')).problem().code).toBe('request_invalid');
});
