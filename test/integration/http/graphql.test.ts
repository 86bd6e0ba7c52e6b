import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids } from './support/fake-services.ts';
import { asKiosk, asRole, startTestServer, type TestServer } from './support/test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test[Symbol.asyncDispose]());

interface Told {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; extensions: { code: string; status: number; remedy: string } }[];
}

async function ask(headers: Record<string, string>, query: string, variables?: object): Promise<Told> {
  const answered = await test.fetch('/graphql', { method: 'POST', headers, body: { query, variables } });
  return answered.json() as Told;
}
const codesOf = ({ errors = [] }: Told) => errors.map(({ extensions }) => extensions.code);

describe('/graphql', () => {
  it('tells the sessions of a user, and makes one', async () => {
    const listed = await ask(
      asRole('teacher'),
      '{ vdiSessions(user: "student") { id state username steps } }',
    );
    expect(listed.errors).toBeUndefined();
    expect(listed.data?.vdiSessions).toContainEqual(
      expect.objectContaining({ id: ids.ownSession, state: 'starting', username: 'someone' }),
    );
    const made = await ask(
      asRole('student'),
      'mutation ($input: CreateVDISessionInput!) { createVDISession(input: $input) { id url } }',
      { input: { template: 'desktop' } },
    );
    expect(made).toEqual({
      data: { createVDISession: { id: ids.ownSession, url: `/desktop/${ids.ownSession}` } },
    });
  });

  it('tells a page of everything that is listed', async () => {
    const told = await ask(
      asRole('admin'),
      `{ rooms(limit: 1) { items { id name seats } next } room(id: "${ids.room}") { name } }`,
    );
    expect(told).toEqual({
      data: {
        rooms: { items: [{ id: ids.room, name: 'Room 1', seats: 1 }], next: null },
        room: { name: 'Room 1' },
      },
    });
  });

  it('lets each person see what the HTTP API lets them see, with our codes', async () => {
    const told = await ask(asRole('student'), '{ me { user { username } } rooms { items { id } } }');
    expect(told.data).toEqual({ me: { user: { username: 'student' } }, rooms: null });
    expect(codesOf(told)).toEqual(['not_allowed']);
    const other = await ask(asRole('student'), `{ session(id: "${ids.otherSession}") { id } }`);
    expect(other.errors?.[0]).toMatchObject({ extensions: { code: 'not_found', status: 404 } });
    const kiosk = await ask(asKiosk, '{ sessions { items { id } } }');
    expect(codesOf(kiosk)).toEqual(['sign_in_required']);
    const wrong = await ask(asRole('admin'), '{ rooms(limit: 1000) { next } }');
    expect(codesOf(wrong)).toEqual(['request_invalid']);
  });

  it('tells teachers of a mistyped user name, and students of nobody', async () => {
    const typo = '{ vdiSessions(user: "nobody-here") { id } }';
    expect(codesOf(await ask(asRole('teacher'), typo))).toEqual(['not_found']);
    expect((await ask(asRole('student'), typo)).errors).toBeUndefined();
  });

  it('answers nobody who is not signed in, and no foreign page', async () => {
    const body = { query: '{ __schema { queryType { name } } }' };
    const nobody = await test.fetch('/graphql', { method: 'POST', body });
    expect(nobody.problem().code).toBe('sign_in_required');
    const { cookie = '' } = asRole('admin');
    const foreign = await test.fetch('/graphql', { method: 'POST', headers: { cookie }, body });
    expect(foreign.problem().code).toBe('csrf_token_wrong');
    const byLink = await test.fetch('/graphql?query={__typename}', { headers: asRole('admin') });
    expect(byLink.problem().code).toBe('not_found');
  });

  it('tells its schema to who is signed in', async () => {
    const told = await ask(asRole('student'), getIntrospectionQuery());
    expect(told.errors).toBeUndefined();
    const { __schema: schema } = told.data as { __schema: { types: { name: string }[] } };
    const types = schema.types.map(({ name }) => name);
    expect(types).toEqual(
      expect.arrayContaining(['VDISession', 'VDISessionPage', 'Device', 'Template', 'Pool']),
    );
  });

  it('refuses what is too deep, too wide and too long', async () => {
    const wide = `{${Array.from({ length: 51 }, (_, index) => `f${index}: me { csrfToken }`).join(' ')}}`;
    expect(codesOf(await ask(asRole('admin'), wide))).toEqual(['request_invalid']);
    const long = `{${'__typename '.repeat(3_000)}}`;
    expect(codesOf(await ask(asRole('admin'), long))).toEqual(['request_invalid']);
  });

  it.each(['[]', '"text"', 'null', '{}', '{"query":5}', '{"query":"{"}', '{"query":"{nope}"}'])(
    'says what is wrong with the request %s',
    async (body) => {
      const headers = { ...asRole('admin'), 'content-type': 'application/json' };
      const answered = await test.fetch('/graphql', { method: 'POST', headers, body });
      expect(codesOf(answered.json() as Told)).toEqual(['request_invalid']);
    },
  );

  it('does what GraphQL over HTTP must', async () => {
    const fetchAsAdmin = (url: string | URL, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...asRole('admin'), ...(init.headers as Record<string, string>) } });
    const audits = serverAudits({ url: `${test.origin}/graphql`, fetchFn: fetchAsAdmin });
    const results = await Promise.all(audits.map(({ fn }) => fn()));
    const failed = results.filter(({ status }) => status === 'error').map(({ name }) => name);
    expect(failed).toEqual([]);
  });
});
