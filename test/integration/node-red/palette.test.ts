/** The nodes of the palette in Node-RED's test runtime, against a running controller. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PaletteBench } from './support/palette.ts';

let bench: PaletteBench;
let room: { id: string };
let seat: { id: string };

beforeAll(async () => {
  bench = await PaletteBench.make();
  room = await bench.api('POST', '/rooms', { name: 'Lab' });
  seat = await bench.api('POST', `/rooms/${room.id}/seats`, { name: 'Front' });
});

afterAll(async () => {
  await bench[Symbol.asyncDispose]();
});

it('says something to a room by its name, and tells who was reached', async () => {
  const node = await bench.run('homeroom-room-control', { room: 'Lab', action: 'message' });
  node.give({ payload: 'Good morning', topic: 'kept' });
  const { payload, topic } = await node.next('first');
  expect(payload).toMatchObject({ room: room.id, text: 'Good morning' });
  expect(topic).toBe('kept');
  await node.untilStatus('done');
  const { items } = await bench.api<{ items: { text: string }[] }>('GET', `/rooms/${room.id}/messages`);
  expect(items.map(({ text }) => text)).toEqual(['Good morning']);
});

it('tells a catch node what was refused, with the code', async () => {
  const node = await bench.run('homeroom-room-control', {
    room: 'Lab',
    action: 'start',
    template: 'no such',
  });
  node.give({ payload: {} });
  const { problem } = await node.next('caught');
  expect(problem).toMatchObject({ detail: 'There is no template with the name or id no such' });
  node.give({ payload: { lesson: '00000000-0000-4000-8000-000000000000' } });
  const second = await node.next('caught', (message) => message.problem !== problem);
  expect(second.problem).toMatchObject({ status: 404, code: 'not_found' });
});

it('tells what happens to sessions, and ends one', async () => {
  const events = await bench.run('homeroom-session-event', {});
  await events.untilStatus('connected');
  const session = await bench.api<{ id: string }>('POST', '/sessions', { template: 'desktop' });
  const asked = await events.next('first', ({ topic }) => topic === 'asked');
  expect(asked.payload).toMatchObject({ event: 'asked', session: { id: session.id, username: 'admin' } });
  await bench.api('DELETE', `/sessions/${session.id}`);
  const ended = await events.next('first', ({ topic }) => topic === 'ended');
  expect(ended.payload).toMatchObject({ session: { id: session.id, state: 'ended' } });
});

it('ends a session that a message names', async () => {
  const { id } = await bench.api<{ id: string }>('POST', '/sessions', { template: 'desktop' });
  const node = await bench.run('homeroom-session-control', { action: 'end' });
  node.give({ payload: { session: id } });
  await node.next('first');
  expect(await bench.api('GET', `/sessions/${id}`)).toMatchObject({ state: 'ended' });
});

it('tells what happens at seats', async () => {
  const node = await bench.run('homeroom-seat-event', { room: 'Lab', event: 'session' });
  await node.untilStatus('connected');
  const { id } = await bench.api<{ id: string }>('POST', '/sessions', { template: 'desktop', seat: seat.id });
  const { topic, payload } = await node.next('first');
  expect(topic).toBe('Lab/Front/session');
  expect(payload).toMatchObject({ event: 'session', value: id, before: null, seat: { id: seat.id } });
  await bench.api('DELETE', `/sessions/${id}`);
  expect(
    (await node.next('first', (message) => message !== undefined && isEnd(message.payload))).payload,
  ).toMatchObject({
    before: id,
  });
});

it('tells when a lesson begins, and cancels it', async () => {
  const node = await bench.run('homeroom-lesson', { room: 'Lab', leadMinutes: '0' });
  await node.untilStatus('connected');
  const [startsAt, endsAt] = [1_500, 3_600_000].map((inMs) => new Date(Date.now() + inMs).toISOString());
  const lesson = { name: 'Physics', template: 'desktop', room: room.id, startsAt, endsAt };
  const { id } = await bench.api<{ id: string }>('POST', '/lessons', lesson);
  const { payload } = await node.next('second');
  expect(payload).toMatchObject({ event: 'start', lesson: { id, name: 'Physics' } });
  node.give({ payload: { action: 'cancel', lesson: id } });
  expect((await node.next('first')).payload).toMatchObject({ id, cancelledAt: expect.any(String) });
});

it('does not switch a channel for what is neither on nor off', async () => {
  await bench.api('POST', '/relays', { id: 'strip-9', kind: 'board', room: room.id, channels: 2 });
  const node = await bench.run('homeroom-relay', { target: 'channel', relay: 'strip-9', channel: '0' });
  node.give({ payload: 'toggle' });
  expect((await node.next('caught')).problem).toMatchObject({ code: 'not_asked' });
  node.give({ payload: true });
  expect((await node.next('first')).payload).toMatchObject({ id: 'strip-9' });
  const relay = await bench.api<{ channels: { wanted: boolean | null }[] }>('GET', '/relays/strip-9');
  expect(relay.channels.map(({ wanted }) => wanted)).toEqual([true, null]);
});

it('tells that a device is not there', async () => {
  const node = await bench.run('homeroom-device-command', { device: 'pi-404', command: 'identify' });
  node.give({ payload: {} });
  expect((await node.next('caught')).problem).toMatchObject({ code: 'not_asked' });
});

it('sends its token to no machine with another certificate', async () => {
  const node = await bench.run(
    'homeroom-room-control',
    { room: 'Lab', action: 'mute' },
    { pin: '00'.repeat(32) },
  );
  node.give({ payload: {} });
  const { problem } = await node.next('caught');
  expect(problem).toMatchObject({ detail: expect.stringContaining('another machine answers') });
});

it('shows at its dot that its token is not good', async () => {
  const node = await bench.run('homeroom-seat-event', {}, { token: 'hr_wrong' });
  await node.untilStatus('no connection');
});

function isEnd(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'value' in payload && payload.value === null;
}
