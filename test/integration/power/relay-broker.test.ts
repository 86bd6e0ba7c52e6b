/** What a relay's account may do at the broker, with both brokers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from '../mqtt/support/clients.ts';
import { startEmbedded } from '../mqtt/support/embedded.ts';
import { startMosquitto } from '../mqtt/support/mosquitto.ts';
import type { TestBroker } from '../mqtt/support/test-broker.ts';

describe.each([
  ['the embedded broker', startEmbedded],
  ['mosquitto', startMosquitto],
] as const)('at %s a relay', (_name, start) => {
  let broker: TestBroker;
  let clients: TestClients;

  beforeAll(async () => {
    broker = await start();
    clients = new TestClients(broker);
    await broker.credentials.putRelay({ id: 'plug-1', speaks: 'tasmota', topic: 'plug_1' }, 'password 1');
    await broker.credentials.putRelay({ id: 'plug-2', speaks: 'tasmota', topic: 'plug_2' }, 'password 2');
    await broker.credentials.putRelay({ id: 'strip-1', speaks: 'board', topic: 'strip-1' }, 'password 3');
  });
  afterAll(async () => {
    await clients?.end();
    await broker?.stop();
  });

  const connect = (id: string, password: string, clientId = `DVES_${id}`) =>
    clients.connect({ username: `relay-${id}`, password, clientId });

  it('comes by its own password alone', async () => {
    await expect(connect('plug-1', 'password 2', 'DVES_X')).rejects.toThrow();
    await expect(connect('plug-9', 'password 1', 'DVES_Y')).rejects.toThrow();
    expect((await connect('plug-1', 'password 1', 'DVES_Z')).mqtt.connected).toBe(true);
  });

  it('hears its own commands and no other relay’s', async () => {
    const plug = await connect('plug-1', 'password 1');
    const isGranted = async (filter: string) =>
      plug.mqtt.subscribeAsync(filter).then(
        () => true,
        () => false,
      );
    expect(await isGranted('cmnd/plug_1/#')).toBe(true);
    for (const filter of ['cmnd/plug_2/#', 'stat/#', 'homeroom/#', '#'])
      expect(await isGranted(filter), filter).toBe(false);
  });

  it('says nothing on topics of others', async () => {
    const observer = await clients.observer();
    await observer.mqtt.subscribeAsync('homeroom/v1/relay/+/state', { qos: 1 });
    const strip = await connect('strip-1', 'password 3');
    const state = JSON.stringify({ online: true, channels: [] });
    const plug = await connect('plug-1', 'password 1', 'DVES_liar');
    // The embedded broker cuts it off for that; mosquitto drops it.
    await plug.mqtt
      .publishAsync('homeroom/v1/relay/strip-2/state', state, { qos: 0, retain: true })
      .catch(() => undefined);
    await strip.mqtt.publishAsync('homeroom/v1/relay/strip-1/state', state, { qos: 1, retain: true });
    await waitFor('the word of the strip', () => observer.heard.length > 0);
    expect(observer.heard.map(({ topic }) => topic)).toEqual(['homeroom/v1/relay/strip-1/state']);
  });

  it('is let in no more when it was removed, or has another password', async () => {
    const plug = await connect('plug-2', 'password 2');
    const closed = new Promise<void>((resolve) => plug.mqtt.once('close', () => resolve()));
    await broker.credentials.putRelay({ id: 'plug-2', speaks: 'tasmota', topic: 'plug_2' }, 'password 4');
    if (_name === 'mosquitto') await closed;
    await expect(connect('plug-2', 'password 2')).rejects.toThrow();
    await connect('plug-2', 'password 4');
    await broker.credentials.removeRelay('plug-2');
    await expect(connect('plug-2', 'password 4', 'DVES_again')).rejects.toThrow();
  });
});

it('is kept from leaving a command behind, at the embedded broker', async () => {
  const broker = await startEmbedded();
  const clients = new TestClients(broker);
  try {
    await broker.credentials.putRelay({ id: 'plug-1', speaks: 'tasmota', topic: 'plug_1' }, 'password 1');
    const login = { username: 'relay-plug-1', password: 'password 1' };
    const liar = await clients.connect({ ...login, clientId: 'DVES_1' });
    const closed = new Promise<void>((resolve) => liar.mqtt.once('close', () => resolve()));
    liar.mqtt.publish('cmnd/plug_1/POWER', 'ON', { qos: 0, retain: true });
    await closed;
    expect(broker.broker.stats().publishesRefused).toEqual({ command_retained: 1 });
    const plug = await clients.connect({ ...login, clientId: 'DVES_2' });
    await plug.mqtt.publishAsync('stat/plug_1/POWER', 'ON', { qos: 1, retain: true });
    await plug.mqtt.publishAsync('tele/plug_1/LWT', 'Online', { qos: 1, retain: true });
    expect(broker.broker.stats().retainedMessages).toBe(1);
  } finally {
    await clients.end();
    await broker.stop();
  }
});
