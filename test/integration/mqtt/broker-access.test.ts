/** The same rules on every broker: who may say and hear what, as real connections find it. */

import { ControllerLink } from '@homeroom/controller/mqtt/controller-link.ts';
import { topics } from '@homeroom/protocol';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { TestClients } from './support/clients.ts';
import { startEmbedded } from './support/embedded.ts';
import { startMosquitto } from './support/mosquitto.ts';
import type { TestBroker } from './support/test-broker.ts';

const state = (bootId: string) =>
  JSON.stringify({ state: 'ready', since: '2026-01-01T00:00:00.000Z', bootId });
const nonce = 'a1b2c3d4e5f6a7b8';

describe.each([
  ['the embedded broker', startEmbedded],
  ['mosquitto with dynamic security', startMosquitto],
])('%s', (_name, start: () => Promise<TestBroker>) => {
  let broker: TestBroker;
  let link: ControllerLink;
  let clients: TestClients;
  const heard: string[] = [];

  beforeAll(async () => {
    broker = await start();
    link = new ControllerLink({ door: broker.door, logger: pino({ level: 'silent' }) });
    link.onMessage(({ topic, value }) => heard.push(`${topic} ${JSON.stringify(value)}`));
    link.start();
    await waitFor('the link', () => link.isConnected());
  });
  afterAll(async () => {
    await link.stop();
    await broker.stop();
  });
  beforeEach(() => {
    clients = new TestClients(broker);
  });
  afterEach(() => clients.end());

  const hears = (part: string) => waitFor(part, () => heard.some((line) => line.includes(part)));

  it('brings a device’s state to the controller and the controller’s commands to the device', async () => {
    const pi = await clients.device('pi-hears');
    await pi.mqtt.subscribeAsync([topics.command('pi-hears', '+'), topics.device('pi-hears', 'desired')], {
      qos: 1,
    });
    await pi.mqtt.publishAsync(topics.device('pi-hears', 'state'), state('boot-hears'), {
      qos: 1,
      retain: true,
    });
    await hears('boot-hears');
    await link.publish(topics.command('pi-hears', 'identify'), { id: 'command-1' }, { retain: false });
    expect(await pi.next(topics.command('pi-hears', 'identify'))).toContain('command-1');
  });

  it('keeps a device off other devices’ topics', async () => {
    const bad = await clients.device('pi-bad');
    bad.mqtt.publish(topics.device('pi-good', 'state'), state('boot-forged'), { qos: 0, retain: true });
    const good = await clients.device('pi-good');
    await good.mqtt.publishAsync(topics.device('pi-good', 'state'), state('boot-honest'), {
      qos: 1,
      retain: true,
    });
    await hears('boot-honest');
    expect(heard.join()).not.toContain('boot-forged');
  });

  it('keeps a device from reading what is not its own', async () => {
    const bad = await clients.device('pi-nosy');
    const filters = [
      '#',
      'homeroom/#',
      'homeroom/v1/+/desired',
      topics.device('pi-other', 'desired'),
      '$SYS/#',
    ];
    for (const filter of filters) {
      const outcome = await bad.mqtt.subscribeAsync(filter, { qos: 1 }).then(
        (granted) => granted.map((grant) => grant.qos),
        () => [128],
      );
      expect(outcome, filter).toEqual([128]);
    }
    await bad.mqtt.subscribeAsync(topics.device('pi-nosy', 'desired'), { qos: 1 });
    await link.publish(topics.device('pi-other', 'desired'), { secret: 'other' }, { retain: true });
    await link.publish(topics.device('pi-nosy', 'desired'), { own: true }, { retain: true });
    await bad.next(topics.device('pi-nosy', 'desired'));
    expect(bad.heard.map((message) => message.topic)).toEqual([topics.device('pi-nosy', 'desired')]);
  });

  it('does not say a will on another device’s topic', async () => {
    const payload = Buffer.from(state('boot-will-forged'));
    const will = { topic: topics.device('pi-victim', 'state'), payload, qos: 1 as const, retain: true };
    const bad = await clients.device('pi-will', { will }).catch(() => undefined);
    bad?.mqtt.stream.destroy();
    const after = await clients.device('pi-after-will');
    await after.mqtt.publishAsync(topics.device('pi-after-will', 'state'), state('boot-after-will'), {
      qos: 1,
    });
    await hears('boot-after-will');
    expect(heard.join()).not.toContain('boot-will-forged');
  });

  it('says a device’s own will when it is killed', async () => {
    const payload = Buffer.from(state('boot-of-will'));
    const will = { topic: topics.device('pi-killed', 'state'), payload, qos: 1 as const, retain: true };
    const pi = await clients.device('pi-killed', { will });
    pi.mqtt.stream.destroy();
    await hears('boot-of-will');
  });

  it.each([
    ['a wrong password', { clientId: 'pi-login', username: 'pi-login', password: 'wrong' }],
    ['another’s client id', { clientId: 'pi-hears', username: 'pi-login', password: 'password of pi-login' }],
    ['no password', { clientId: 'pi-login', username: 'pi-login' }],
    ['no name at all', { clientId: 'pi-login' }],
    ['the name of the controller', { clientId: 'x', username: 'controller', password: '' }],
    ['a wrong join token', { clientId: `enrol-${nonce}`, username: 'claim-00000000', password: 'secret' }],
  ])('refuses a login with %s', async (_what, login) => {
    await broker.credentials.put('pi-login', 'password of pi-login');
    await expect(clients.connect(login)).rejects.toThrow(/refused|not authori[sz]ed/i);
  });

  it('cuts a device off at once when its credential is withdrawn, and lets it in no more', async () => {
    const pi = await clients.device('pi-revoked');
    const closed = new Promise((resolve) => pi.mqtt.once('close', () => resolve('closed')));
    await broker.credentials.remove('pi-revoked');
    expect(await closed).toBe('closed');
    const again = { clientId: 'pi-revoked', username: 'pi-revoked', password: 'password of pi-revoked' };
    await expect(clients.connect(again)).rejects.toThrow(/refused|not authori[sz]ed/i);
  });

  it('lets a claim ask and hear its own answer, and do nothing else', async () => {
    await broker.credentials.putClaim('abcd1234', 'a secret');
    const login = { clientId: `enrol-${nonce}`, username: 'claim-abcd1234', password: 'a secret' };
    const claim = await clients.connect(login);
    await claim.mqtt.subscribeAsync(topics.enrolReply(nonce), { qos: 1 });
    for (const filter of ['#', topics.enrolReply('+'), 'homeroom/v1/enrol/#', topics.enrolRequest(nonce)]) {
      await expect(claim.mqtt.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
    }
    await link.publish(topics.enrolReply('b1b2c3d4e5f6a7b8'), { to: 'another' }, { retain: false });
    await link.publish(topics.enrolReply(nonce), { to: 'me' }, { retain: false });
    expect(await claim.next(topics.enrolReply(nonce))).toBe('{"to":"me"}');
    expect(claim.heard).toHaveLength(1);
    claim.mqtt.publish(topics.device('pi-claimed', 'state'), state('boot-claimed'), { qos: 0 });
    const after = await clients.device('pi-after-claim');
    await after.mqtt.publishAsync(topics.device('pi-after-claim', 'state'), state('boot-after-claim'), {
      qos: 1,
    });
    await hears('boot-after-claim');
    expect(heard.join()).not.toContain('boot-claimed');
  });

  it('shows the observer everything but enrolments and secrets', async () => {
    const observer = await clients.observer();
    await observer.mqtt.subscribeAsync('homeroom/#', { qos: 1 });
    await link.publish(topics.enrolReply(nonce), { password: 'hidden' }, { retain: false });
    await link.publish(topics.command('pi-1', 'desktop.start'), { vncSecret: 'hidden' }, { retain: false });
    await link.publish(topics.result('pi-1', 'screenshot'), { data: 'hidden' }, { retain: false });
    await link.publish(topics.command('pi-1', 'identify'), { id: 'seen' }, { retain: false });
    expect(await observer.next(topics.command('pi-1', 'identify'))).toBe('{"id":"seen"}');
    expect(observer.heard.map((message) => message.payload).join()).not.toContain('hidden');
  });

  it('lets the observer say nothing', async () => {
    const observer = await clients.observer();
    observer.mqtt.publish(topics.device('pi-1', 'state'), state('boot-observed'), { qos: 0 });
    const after = await clients.device('pi-after-observer');
    await after.mqtt.publishAsync(topics.device('pi-after-observer', 'state'), state('boot-after-obs'), {
      qos: 1,
    });
    await hears('boot-after-obs');
    expect(heard.join()).not.toContain('boot-observed');
  });
});
