/** The simulated power strip as a process, with stand-ins of agents on it, at a real broker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeStripCredential } from '@homeroom/controller/cli/up/strip/strip-files.ts';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { decodePayload, messages, type RelayState, topics } from '@homeroom/protocol';
import mqtt, { type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Mosquitto } from '../agent/support/mosquitto.ts';
import { isAlive, startsOf } from './test-up.ts';

const program = fileURLToPath(import.meta.resolve('@homeroom/controller/cli/up/strip/main.ts'));
const strip = { username: 'relay-strip-1', password: 'of the strip' };
const tester = { username: 'tester', password: 'of the tester' };
let dataDir: string;
let broker: Mosquitto;
let client: MqttClient;
let told: RelayState[];
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeroom-strip-'));
  writeStripCredential(dataDir, strip);
  broker = new Mosquitto({
    dir: dataDir,
    certificates: await loadOrCreateCertificates(join(dataDir, 'tls')),
    users: { [strip.username]: strip.password, [tester.username]: tester.password },
  });
  await broker.start();
  client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.plainPort}`, tester);
  told = [];
  client.on('message', (_topic, payload) => {
    const decoded = decodePayload(messages['relay-state'], payload);
    if (decoded.ok) told.push(decoded.value);
  });
  await client.subscribeAsync(topics.relayState('strip-1'), { qos: 1 });
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.kill('SIGTERM')) await once(child, 'exit');
  await client.endAsync(true);
  await broker.kill();
  rmSync(dataDir, { recursive: true });
});

function start(): ChildProcess {
  const root = join(import.meta.dirname, 'fake-homeroom');
  const child = spawn(
    process.execPath,
    [
      ...[program, '--root', root, '--data', dataDir, '--seats', '2', '--mqtt-tls-port', '8883'],
      ...['--mqtt-port', String(broker.plainPort)],
    ],
    { stdio: 'ignore', env: { PATH: process.env.PATH } },
  );
  children.push(child);
  return child;
}

let commands = 0;
function send(channel: number, on: boolean, bent: { ageMs?: number; retain?: boolean; id?: string } = {}) {
  commands += 1;
  const { ageMs = 0, retain = false, id = `command-${commands}` } = bent;
  const command = { id, issuedAt: new Date(Date.now() - ageMs).toISOString(), ttlMs: 10_000, channel, on };
  return client.publishAsync(topics.relayCommand('strip-1'), JSON.stringify(command), { qos: 1, retain });
}

const sockets = () => told.at(-1)?.channels.map(({ on }) => on);
const pidsOf = (seat: string) => startsOf(dataDir, seat).flat();
function agentOf(seat: string): number {
  const [pid] = pidsOf(seat);
  if (!pid) throw new Error(`${seat} does not run`);
  return pid;
}

const untilSockets = (...on: boolean[]) =>
  waitFor(`sockets are ${on}`, () => JSON.stringify(sockets()) === JSON.stringify(on));
const untilRuns = (seat: string, starts: number) =>
  waitFor(`${seat} was started ${starts} times`, () => startsOf(dataDir, seat).length === starts);

it('gives its seats power, cuts it with every process of a seat, and gives it again', async () => {
  start();
  await untilSockets(true, true);
  await untilRuns('seat-2', 1);
  const before = pidsOf('seat-2');
  await send(1, false);
  await untilSockets(true, false);
  await waitFor('all of the seat is gone', () => !before.some(isAlive));
  expect(pidsOf('seat-1').every(isAlive)).toBe(true);
  await send(1, true);
  await untilSockets(true, true);
  await untilRuns('seat-2', 2);
});

it('leaves a seat down that was shut down, until its power was off and on', async () => {
  start();
  await untilSockets(true, true);
  await untilRuns('seat-1', 1);
  process.kill(agentOf('seat-1'), 'SIGTERM');
  const log = () => readFileSync(join(dataDir, 'agents/seat-1/starts'), 'utf8');
  await waitFor('all of the seat is gone', () => !pidsOf('seat-1').some(isAlive));
  // A crash of the other is mended after this one would have been.
  await untilRuns('seat-2', 1);
  process.kill(agentOf('seat-2'), 'SIGKILL');
  await untilRuns('seat-2', 2);
  expect(log().trim().split('\n')).toHaveLength(1);
  await send(0, false);
  await untilSockets(false, true);
  await send(0, true);
  await untilRuns('seat-1', 2);
});

it('follows no command that is retained, too old or repeated', async () => {
  await send(0, false, { retain: true });
  start();
  await untilSockets(true, true);
  await send(0, false, { ageMs: 10_000 });
  await send(1, false, { id: 'once-and-not-again' });
  await untilSockets(true, false);
  await send(1, true);
  await untilSockets(true, true);
  const count = told.length;
  await send(1, false, { id: 'once-and-not-again' });
  await waitFor('it answers all the same', () => told.length > count);
  expect(sockets()).toEqual([true, true]);
});

it('leaves off what was off, over an end and over a kill, and says when it is away', async () => {
  const first = start();
  await untilSockets(true, true);
  await untilRuns('seat-2', 1);
  await send(1, false);
  await untilSockets(true, false);
  first.kill('SIGTERM');
  await once(first, 'exit');
  await waitFor('it said that it is away', () => told.at(-1)?.online === false);
  expect(pidsOf('seat-1').some(isAlive)).toBe(false);

  const second = start();
  await untilSockets(true, false);
  await untilRuns('seat-1', 2);
  const orphans = startsOf(dataDir, 'seat-1')[1] ?? [];
  second.kill('SIGKILL');
  await once(second, 'exit');
  await waitFor('its will said that it is away', () => told.at(-1)?.online === false);

  start();
  await untilRuns('seat-1', 3);
  await untilSockets(true, false);
  expect(orphans.some(isAlive)).toBe(false);
  expect(startsOf(dataDir, 'seat-2')).toHaveLength(1);
});
