import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { playRelay, startTestPower } from './support/power-test.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('switches a Shelly of the first generation', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const topic = 'shelly1-AB12';
  const own = `shellies/${topic}`;
  await using plug = await playRelay(power, {
    id: 'shelly-1',
    kind: 'shelly',
    topic,
    listensTo: [`${own}/relay/0/command`, `${own}/command`],
    will: { topic: `${own}/online`, payload: 'false' },
  });
  let isOn = false;
  plug.answersWith(async ({ payload }) => {
    if (payload === 'on' || payload === 'off') isOn = payload === 'on';
    await plug.say(`${own}/relay/0`, isOn ? 'on' : 'off', { retain: true });
  });
  // As it does when it connects.
  await plug.say('shellies/announce', JSON.stringify({ id: topic, model: 'SHSW-1', new_fw: false }));
  await plug.say(`${own}/online`, 'true', { retain: true });
  await power.channel('shelly-1', ({ on }) => on === false);
  await power.relays.setChannel('shelly-1', 0, { minimumOffS: 0 }, admin);

  await power.relays.switchChannel('shelly-1', 0, true, admin);
  expect(await power.channel('shelly-1', ({ on }) => on === true)).toMatchObject({ fault: null });
  expect(plug.heard).toContainEqual({ topic: `${own}/relay/0/command`, payload: 'on' });
});

it('switches a later Shelly by RPC', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  const topic = 'shellypro4pm-AB12';
  await using plug = await playRelay(power, {
    id: 'shelly-4',
    kind: 'shelly',
    topic,
    channels: 2,
    listensTo: [`${topic}/rpc`],
    will: { topic: `${topic}/online`, payload: 'false' },
  });
  const isOn = [false, false];
  plug.answersWith(async ({ payload }) => {
    const { id, src, method, params } = JSON.parse(payload);
    const was = isOn[params.id];
    if (method === 'Switch.Set') isOn[params.id] = params.on;
    const result = method === 'Switch.Set' ? { was_on: was } : { id: params.id, output: was };
    await plug.say(`${src}/rpc`, JSON.stringify({ id, src: topic, dst: src, result }));
    if (method !== 'Switch.Set') return;
    const status = { ts: 1, [`switch:${params.id}`]: { id: params.id, output: params.on, source: 'MQTT' } };
    const told = { src: topic, dst: `${topic}/events`, method: 'NotifyStatus', params: status };
    await plug.say(`${topic}/events/rpc`, JSON.stringify(told));
  });
  await plug.say(`${topic}/online`, 'true', { retain: true });
  // Asked for when it came, for it tells nothing by itself.
  await power.channel('shelly-4', ({ on }) => on === false, 1);
  await power.relays.setChannel('shelly-4', 1, { minimumOffS: 0 }, admin);

  await power.relays.switchChannel('shelly-4', 1, true, admin);
  expect(await power.channel('shelly-4', ({ on }) => on === true, 1)).toMatchObject({ fault: null });
  expect(isOn).toEqual([false, true]);
});
