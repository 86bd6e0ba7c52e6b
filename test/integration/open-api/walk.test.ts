/** Walks over the OpenAPI document of a live controller and tries what is wrong on every operation. */
import { randomUUID } from 'node:crypto';
import { errors } from '@homeroom/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeRows } from '../../support/route-rows.ts';
import { DescribedApi, type Operation } from './support/described-api.ts';
import { type Answered, LiveController, type Who } from './support/live-controller.ts';
import { sampleOf, wrongBodiesOf } from './support/samples.ts';

/** Their good requests end what the test stands on, or never end. */
const neverGood = new Set(['getEvents', 'signOut', 'signIn', 'setMePassword']);

/** There may be none yet. */
const mayBeNothing = new Set(['getLatestSession', 'getClassRunOfRoom']);

let live: LiveController;
let api: DescribedApi;
beforeAll(async () => {
  live = await LiveController.start();
  api = await DescribedApi.of(live.origin);
});
afterAll(() => live[Symbol.asyncDispose]());

/** Known before the controller is: the tests are named by them. */
const operationIds = routeRows().map(({ operationId }) => operationId);
const operationOf = (operationId: string): Operation => {
  const found = api.operations.find((operation) => operation.operationId === operationId);
  if (!found) throw new Error(`the document has no ${operationId}`);
  return found;
};

const pathOf = ({ path }: Operation, id: string) => path.replaceAll(/\{[a-z]+\}/gi, encodeURIComponent(id));
const bodySchemaOf = ({ requestBody }: Operation) => requestBody?.content?.['application/json']?.schema;
const queryOf = ({ parameters = [] }: Operation) => {
  const needed = parameters.filter(
    (parameter) => parameter.in === 'query' && 'required' in parameter && parameter.required,
  );
  const texts = needed.map(
    ({ name = '', schema = {} }) => `${name}=${encodeURIComponent(String(sampleOf(schema)))}`,
  );
  return texts.length > 0 ? `?${texts.join('&')}` : '';
};

/** An answer is as the document says, and a refusal has a code that the docs explain. */
function expectDescribed(operation: Operation, answered: Answered, what: string): void {
  const told = `${operation.operationId}, ${what}: ${answered.status} ${answered.text.slice(0, 300)}`;
  expect(api.faultsOf(operation, answered), told).toEqual([]);
  expect(answered.status, told).not.toBe(500);
  if (answered.status < 400) return;
  expect(answered.contentType, told).toMatch(/^application\/problem\+json/);
  const { code, status, remedy } = answered.json as {
    code: keyof typeof errors;
    status: number;
    remedy: string;
  };
  expect(errors[code], told).toBeDefined();
  expect([status, remedy], told).toEqual([answered.status, errors[code].remedy]);
}

/** What people changed so far; signing in is told there, too, and is no change. */
async function changesSoFar(): Promise<number> {
  const { json } = await live.ask('GET', '/audit?limit=200');
  const { items } = json as { items: { id: number; action: string }[] };
  return items.find(({ action }) => !/^sign-in|^second-step/.test(action))?.id ?? 0;
}

const everybody: readonly Who[] = ['nobody', 'student', 'teacher', 'admin'];
const rank: Record<string, number> = {
  anyone: 0,
  device: 0,
  student: 1,
  viewer: 1,
  teacher: 2,
  admin: 3,
  kiosk: 9,
};

describe.each(operationIds)('%s', (operationId) => {
  it('lets in who may, and tells the others so', async () => {
    const operation = operationOf(operationId);
    if (operationId === 'getEvents') return;
    const needed = rank[operation['x-access']] ?? 9;
    for (const [index, who] of everybody.entries()) {
      // A body that is wrong everywhere: who is let in is told so, and nothing is done.
      const body = operation.method === 'GET' ? undefined : { thereIsNoSuchField: 1 };
      const isRefused = index < needed;
      if (!isRefused && (!bodySchemaOf(operation) || operation.method === 'GET')) continue;
      const answered = await live.ask(operation.method, pathOf(operation, randomUUID()), { who, body });
      expectDescribed(operation, answered, who);
      const { code } = answered.json as { code: string };
      if (isRefused) expect(code).toBe(index === 0 || needed === 9 ? 'sign_in_required' : 'not_allowed');
      else expect(['sign_in_required', 'csrf_token_wrong']).not.toContain(code);
    }
  });

  it('knows nothing of foreign, malformed and endless ids', async () => {
    const operation = operationOf(operationId);
    if (!operation.path.includes('{') || operation['x-access'] === 'kiosk') return;
    const schema = bodySchemaOf(operation);
    const body = schema && sampleOf(schema);
    const before = await changesSoFar();
    for (const id of [randomUUID(), 'nonsense', '\0', 'é', '..%2f..', "' or 1=1 --", 'x'.repeat(199)]) {
      const answered = await live.ask(operation.method, `${pathOf(operation, id)}${queryOf(operation)}`, {
        ...(body === undefined ? {} : { body }),
      });
      expectDescribed(operation, answered, `id ${JSON.stringify(id)}`);
      // Taking away what is not there may be done already.
      if (operation.method !== 'DELETE') expect(answered.status).toBeGreaterThanOrEqual(400);
    }
    expect(await changesSoFar()).toBe(before);
  });

  it('refuses bodies with a wrong type, length or field, and does nothing of it', async () => {
    const operation = operationOf(operationId);
    const schema = bodySchemaOf(operation);
    if (!schema || operation['x-access'] === 'kiosk') return;
    const before = await changesSoFar();
    for (const { what, body } of wrongBodiesOf(schema)) {
      const answered = await live.ask(operation.method, pathOf(operation, randomUUID()), { body });
      expectDescribed(operation, answered, what);
      expect(answered.status, `${operationId}, ${what}`).toBeGreaterThanOrEqual(400);
    }
    expect(await changesSoFar()).toBe(before);
  });

  it('answers as the document says when all is well', async () => {
    const operation = operationOf(operationId);
    const schema = bodySchemaOf(operation);
    const isCreation = operation.responses[201] !== undefined && schema !== undefined;
    if (operation['x-access'] === 'kiosk' || neverGood.has(operationId)) return;
    if (operation.path.includes('{'))
      return operation.method === 'GET' ? await expectOne(operation) : undefined;
    if (isCreation) {
      const answered = await live.ask('POST', operation.path, { body: sampleOf(schema) });
      expectDescribed(operation, answered, 'a creation');
    }
    if (operation.method !== 'GET') return;
    const path = `${operation.path}${queryOf(operation)}`;
    const answered = await live.ask('GET', path);
    expectDescribed(operation, answered, 'as it should be');
    expect([200, ...(mayBeNothing.has(operationId) ? [204] : [])]).toContain(answered.status);
    const wrongQuery = await live.ask('GET', `${operation.path}?limit=0&after=nonsense&noSuchThing=1`);
    expectDescribed(operation, wrongQuery, 'a wrong query');
    if (operation.parameters?.some(({ $ref }) => $ref?.endsWith('/limit'))) {
      expect(wrongQuery.status).toBe(400);
      expect(answered.headers.get('etag')).not.toBeNull();
    }
  });
});

/** The first record of the list, by itself. */
async function expectOne(operation: Operation): Promise<void> {
  const [list = '', rest] = operation.path.split('/{id}');
  if (rest !== '' || !api.operations.some(({ method, path }) => method === 'GET' && path === list)) return;
  const { json } = await live.ask('GET', `${list}?limit=1`);
  const [first] = (json as { items?: { id?: string; template?: string }[] } | undefined)?.items ?? [];
  const id = first?.id ?? first?.template;
  if (id === undefined) return;
  const answered = await live.ask('GET', pathOf(operation, id));
  expectDescribed(operation, answered, 'one record');
  expect(answered.status).toBe(200);
}
