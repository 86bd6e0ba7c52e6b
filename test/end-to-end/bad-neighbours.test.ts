/** Devices that are not what they should be: each is told why, at the right place, and harms nobody else. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { topics } from '@homeroom/protocol';
import { createJoinSecret, formatJoinToken, parseJoinToken } from '@homeroom/protocol/join-token';
import { connectAsync } from 'mqtt';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { AgentProcess, type AgentProcessOptions, canHideFiles } from './support/agent-process.ts';
import type { Api } from './support/api.ts';
import { setUpInstallation } from './support/installation.ts';

const homeroom = setUpInstallation({ seats: 1, options: ['--no-kiosk', '--no-host'] });
const timeoutMs = 60_000;
const started: AgentProcess[] = [];
let api: Api;
let joinToken: string;

beforeAll(async () => {
  api = await homeroom.it.asAdmin();
  joinToken = (await readFile(join(homeroom.it.dataDir, 'join-token'), 'utf8')).trim();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((agent) => agent.stop()));
  expect(await api.ask('GET', '/devices/seat-1')).toMatchObject({ connection: 'ready' });
});

function startAgent(name: string, options: AgentProcessOptions = {}): AgentProcess {
  const environment = { HOMEROOM_JOIN_TOKEN: joinToken, ...options.environment };
  const agent = new AgentProcess(homeroom.it, name, { ...options, environment });
  started.push(agent);
  return agent;
}

function withToken(part: 'caSha256' | 'secret', value: string): AgentProcessOptions {
  const token = parseJoinToken(joinToken);
  if (!token) throw new Error('the join token cannot be read');
  return { environment: { HOMEROOM_JOIN_TOKEN: formatJoinToken({ ...token, [part]: value }) } };
}

const deviceIds = async () => (await api.ask('GET', '/devices')).items.map(({ id }: { id: string }) => id);
const untilDevice = (id: string, what: string, isSo: (device: Device) => unknown) =>
  waitFor(
    what,
    async () => {
      const response = await api.send('GET', `/devices/${id}`);
      const device = response.ok ? ((await response.json()) as Device) : undefined;
      return device && isSo(device) ? device : undefined;
    },
    timeoutMs,
  );
interface Device {
  readonly connection: string;
  readonly alerts: readonly { readonly code: string; readonly message: string }[];
  readonly reported: { readonly kiosk: { readonly error?: { readonly code: string } } } | null;
  readonly host: { readonly faults: readonly { readonly code: string; readonly message: string }[] } | null;
}

it('is told that its join token is wrong, and does not get in', async () => {
  const agent = startAgent('stranger', withToken('secret', createJoinSecret()));
  await agent.untilLogged('join_token_wrong');
  expect(await deviceIds()).toEqual(['seat-1']);
});

it('says nothing to a controller that its join token does not name', async () => {
  const agent = startAgent('elsewhere', withToken('caSha256', '0'.repeat(64)));
  await agent.untilLogged('controller_not_trusted');
  expect(await deviceIds()).toEqual(['seat-1']);
});

it('is cut off when it speaks for another device, which goes on unchanged', async () => {
  const agent = startAgent('loud');
  await untilDevice('loud', 'it is connected', ({ connection }) => connection === 'ready');
  await agent.stop();
  const { password, caPem } = JSON.parse(await readFile(join(agent.dataDir, 'credential.json'), 'utf8'));
  const before = await api.ask('GET', '/devices/seat-1');

  const client = await connectAsync(`mqtts://127.0.0.1:${homeroom.it.ports.mqttTls}`, {
    ...{ clientId: 'loud', username: 'loud', password, ca: caPem },
    ...{ checkServerIdentity: () => undefined, reconnectPeriod: 0, keepalive: 60 },
  });
  for (const topic of [topics.command('seat-1', '+'), topics.device('seat-1', 'desired')])
    await expect(client.subscribeAsync(topic)).rejects.toThrow('Subscribe error');
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  const lie = { connectors: [] };
  client.publish(
    topics.device('seat-1', 'hdmi'),
    JSON.stringify(lie),
    { qos: 1, retain: true },
    () => undefined,
  );
  await closed;
  await client.endAsync(true);

  const { alerts } = await untilDevice('loud', 'the admin hears of it', (device) => device.alerts.length > 0);
  expect(alerts).toEqual([
    expect.objectContaining({
      code: 'publish_refused',
      message: 'What it published to homeroom/v1/seat-1/hdmi was refused: topic_not_allowed.',
    }),
  ]);
  expect((await api.ask('GET', '/devices/seat-1')).hdmi).toEqual(before.hdmi);
});

it('is refused under the identity of a device that is here', async () => {
  const agent = startAgent('impostor', { environment: { HOMEROOM_DEVICE_ID: 'seat-1' } });
  await agent.untilLogged('device_identity_in_use');
  await untilDevice('seat-1', 'the room hears of it', ({ alerts }) =>
    alerts.some(({ code }) => code === 'identity_conflict'),
  );
});

describe.runIf(canHideFiles)('on a machine of its own', () => {
  const bootIdPath = '/proc/sys/kernel/random/boot_id';

  it('is found out when it has a copied card, and keeps nobody from seeing that', async () => {
    const original = startAgent('card');
    await untilDevice('card', 'it is connected', ({ connection }) => connection === 'ready');
    const copy = join(homeroom.it.dataDir, 'neighbours/copied-card');
    await cp(original.dataDir, copy, { recursive: true });
    const otherBootId = join(homeroom.it.dataDir, 'other-boot-id');
    await writeFile(otherBootId, '00000000-0000-4000-8000-000000000001\n');
    startAgent('copied-card', {
      environment: { HOMEROOM_DEVICE_ID: 'card' },
      files: { [bootIdPath]: otherBootId },
    });
    const device = await untilDevice('card', 'the conflict is told', ({ alerts }) => alerts.length > 0);
    expect(device.alerts).toEqual([
      expect.objectContaining({
        code: 'identity_conflict',
        message: expect.stringContaining('Enrol one of them afresh.'),
      }),
    ]);
  });

  it('says so when it has no browser', async () => {
    startAgent('no-browser', {
      environment: { HOMEROOM_KIOSK: 'chromium', HOMEROOM_KIOSK_HEADLESS: 'on' },
      files: { '/usr/bin/chromium': '/dev/null' },
    });
    const device = await untilDevice(
      'no-browser',
      'the browser is missed',
      ({ reported }) => reported?.kiosk.error,
    );
    expect(device.reported?.kiosk.error?.code).toBe('kiosk_browser_missing');
  });

  it('says so when it shall run desktops and has no X server', async () => {
    startAgent('no-x-server', {
      arguments: ['--host'],
      files: { '/usr/bin/Xvnc': '/dev/null', '/usr/bin/Xtigervnc': '/dev/null' },
    });
    const { host } = await untilDevice('no-x-server', 'the X server is missed', (device) => device.host);
    expect(host?.faults).toEqual([
      {
        code: 'xserver_missing',
        message: expect.stringContaining('apt-get install tigervnc-standalone-server'),
      },
    ]);
  });
});
