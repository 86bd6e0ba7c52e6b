import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { admin } from '../fleet/support/test-fleet.ts';
import { playTasmota, startTestPower } from './support/power-test.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

it('switches a Tasmota plug and sees that it was', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using plug = await playTasmota(power, 'plug-1');
  await power.channel('plug-1', ({ on }) => on === false);
  await power.relays.setChannel('plug-1', 0, { minimumOffS: 0 }, admin);

  await power.relays.switchChannel('plug-1', 0, true, admin);
  expect(await power.channel('plug-1', ({ on }) => on === true)).toMatchObject({ wanted: true, fault: null });
  expect(plug.heard.filter(({ payload }) => payload === 'ON')).toEqual([
    { topic: 'cmnd/plug-1/POWER1', payload: 'ON' },
  ]);
});

it('takes what is switched at the plug itself for a hand that wins', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using plug = await playTasmota(power, 'plug-1');
  await power.channel('plug-1', ({ on }) => on === false);
  await power.relays.setChannel('plug-1', 0, { minimumOffS: 0 }, admin);
  await power.relays.switchChannel('plug-1', 0, true, admin);
  await power.channel('plug-1', ({ on }) => on === true);
  await database.db.query(
    `update relay_channels set since = now() - interval '1 minute', sent_at = now() - interval '1 minute'`,
  );

  const told = plug.heard.length;
  await plug.say('stat/plug-1/POWER', 'OFF');
  expect(await power.channel('plug-1', ({ on }) => on === false)).toMatchObject({
    wanted: true,
    isOverridden: true,
  });
  await plug.say('stat/plug-1/POWER', 'ON');
  expect(await power.channel('plug-1', ({ on }) => on === true)).toMatchObject({ isOverridden: false });
  expect(plug.heard.length).toBe(told);
});

it('says of a plug that contradicts itself that nobody can believe it', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using plug = await playTasmota(power, 'plug-1');
  await power.channel('plug-1', ({ on }) => on === false);
  await power.relays.setChannel('plug-1', 0, { minimumOffS: 0 }, admin);
  plug.answersWith(async ({ payload }) => {
    if (payload !== 'ON') return;
    await plug.say('stat/plug-1/POWER', 'ON');
    await plug.say('stat/plug-1/POWER', 'OFF');
  });

  await power.relays.switchChannel('plug-1', 0, true, admin);
  const seen = await power.channel('plug-1', ({ fault }) => fault !== null);
  expect(seen.fault).toBe('The relay answered twice, and not the same thing.');
});

it('gives up a silent plug after three commands, and says so', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using plug = await playTasmota(power, 'plug-1');
  await power.channel('plug-1', ({ on }) => on === false);
  await power.relays.setChannel('plug-1', 0, { minimumOffS: 0 }, admin);
  plug.answersWith(() => undefined);

  await power.relays.switchChannel('plug-1', 0, true, admin);
  const seen = await power.channel('plug-1', ({ fault }) => fault !== null);
  expect(seen).toMatchObject({ on: false, fault: 'The relay did not do what it was told.' });
  expect(plug.heard.filter(({ payload }) => payload === 'ON')).toHaveLength(3);
});

it('flips nothing when a plug comes back otherwise than it went', async () => {
  await using database = await server.createDatabase();
  await using power = await startTestPower(database);
  await using plug = await playTasmota(power, 'plug-1');
  await power.channel('plug-1', ({ on }) => on === false);
  await power.relays.setChannel('plug-1', 0, { minimumOffS: 0 }, admin);
  await power.relays.switchChannel('plug-1', 0, true, admin);
  await power.channel('plug-1', ({ on }) => on === true);

  await plug.vanish();
  await waitFor('the plug to be missed', async () => (await power.relays.get('plug-1'))?.online === false);
  expect((await power.relays.get('plug-1'))?.channels[0]).toMatchObject({ on: null });
  // A mains failure: it comes back off.
  plug.isOn = false;
  const told = plug.heard.length;
  await plug.connect();
  await plug.say('tele/plug-1/LWT', 'Online', { retain: true });
  await plug.say('stat/plug-1/POWER', 'OFF');
  expect(await power.channel('plug-1', ({ on }) => on === false)).toMatchObject({
    wanted: true,
    isOverridden: false,
    fault: null,
  });
  // It was asked how it stands, and told nothing.
  await waitFor('the question', () => plug.heard.length > told);
  expect(plug.heard.slice(told).filter(({ payload }) => payload !== '')).toEqual([]);
});
