/** The flows that ship, in the Node-RED that the controller runs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { NodeRedHomeroom } from './support/node-red-homeroom.ts';

interface Node {
  readonly id: string;
  readonly type: string;
  readonly z?: string;
  readonly [name: string]: unknown;
}

let homeroom: NodeRedHomeroom;

beforeAll(async () => {
  homeroom = await NodeRedHomeroom.make();
  await homeroom.start();
});

afterAll(async () => {
  await homeroom[Symbol.asyncDispose]();
});

const readFlows = async (): Promise<Node[]> => JSON.parse((await homeroom.ask('admin', '/red/flows')).text);

/** Deploy with a tab enabled and some of its settings changed. */
async function enable(tab: string, settings: Record<string, { value: string; type: string }>): Promise<void> {
  const nodes = (await readFlows()).map((node) => {
    if (node.id !== tab) return node;
    const env = Object.entries(settings).map(([name, setting]) => ({ name, ...setting }));
    return { ...node, disabled: false, env };
  });
  const { status } = await homeroom.ask('admin', '/red/flows', { method: 'POST', body: nodes });
  expect(status).toBe(204);
}

async function api(method: string, path: string, body?: unknown) {
  const { csrfToken } = JSON.parse((await homeroom.ask('admin', '/api/v1/me')).text);
  const asked = { method, headers: { 'x-csrf-token': csrfToken }, ...(body === undefined ? {} : { body }) };
  return JSON.parse((await homeroom.ask('admin', `/api/v1${path}`, asked)).text);
}

it('use nodes that there are, all of them', async () => {
  const asked = { headers: { accept: 'application/json' } };
  const sets: { types: string[]; err?: string }[] = JSON.parse(
    (await homeroom.ask('admin', '/red/nodes', asked)).text,
  );
  const known = new Set(['tab', ...sets.filter(({ err }) => !err).flatMap(({ types }) => types)]);
  const used = [...new Set((await readFlows()).map(({ type }) => type))];
  expect(used.filter((type) => !known.has(type))).toEqual([]);
});

it('serve the palette’s texts and examples to the editor', async () => {
  const help = await homeroom.ask('admin', '/red/locales/@homeroom/node-red/homeroom-relay?lng=en-US');
  expect(JSON.parse(help.text)).toMatchObject({ 'homeroom-relay': { title: 'relay' } });
  const examples = await homeroom.ask('admin', '/red/library/examples/flows/@homeroom/node-red/');
  expect(examples.text).toContain('Switch a seat off and on');
});

it('offer names to choose from in the editor', async () => {
  const { text } = await homeroom.ask('admin', '/red/homeroom/hr-flow-homeroom/rooms');
  expect(JSON.parse(text)).toEqual([{ id: expect.any(String), name: 'Room 1' }]);
  expect((await homeroom.ask('teacher', '/red/homeroom/hr-flow-homeroom/rooms')).status).toBe(403);
});

it('tell the energy of a room to whoever is signed in', async () => {
  const days = await waitFor('a day is counted', async () => {
    const { status, text } = await homeroom.ask('student', '/flows-http/energy');
    const told = status === 200 ? JSON.parse(text) : undefined;
    return told?.days.length > 0 ? told : undefined;
  });
  expect(days).toEqual({
    room: 'Room 1',
    days: [{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), wattHours: 0 }],
  });
});

it('make a seat ready for a card at the door, for a reader’s token alone', async () => {
  const { items } = await api('GET', '/rooms');
  const [room] = items;
  await api('POST', `/rooms/${room.id}/seats`, { name: 'By the door' });
  const cards = JSON.stringify({ '04A2': `${room.name}/By the door` });
  await enable('hr-flow-card', {
    CARDS: { value: cards, type: 'json' },
    TEMPLATE: { value: 'desktop', type: 'str' },
  });
  const { token } = await api('POST', '/tokens', { note: 'card reader', scopes: ['flows:write'] });
  const show = (card: string, authorization = `Bearer ${token}`) =>
    homeroom.ask('anonymous', '/flows-http/card', {
      method: 'POST',
      body: { card },
      headers: { authorization },
    });
  const known = await waitFor('the flow answers', async () => {
    const answer = await show('04a2');
    return answer.text.startsWith('{') ? answer : undefined;
  });
  expect([known.status, JSON.parse(known.text)]).toEqual([200, { ok: true }]);
  const run = await api('GET', `/rooms/${room.id}/class-run`);
  expect(run).toMatchObject({
    kind: 'start',
    startedBy: expect.anything(),
    seats: [{ seatName: 'By the door' }],
  });
  expect((await show('FFFF')).status).toBe(404);
  expect((await show('04A2', 'Bearer hr_guess')).status).toBe(401);
});
