import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topics } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';

const program = fileURLToPath(new URL('../../../agent/homeroom-agent.mjs', import.meta.url));
/** Often older than what Homeroom runs on. */
const systemNode = '/usr/bin/node';
let stage: Stage;
const children: ChildProcess[] = [];
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.kill('SIGKILL')) await once(child, 'exit');
  await stage.end();
});

function start(environment: NodeJS.ProcessEnv = {}, node = process.execPath): ChildProcess {
  const child = spawn(node, [program], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_BOARD: 'simulated',
      HOMEROOM_KIOSK: 'none',
      HOMEROOM_DEVICE_ID: 'seat-1',
      HOMEROOM_DATA_DIR: join(stage.dir, 'agent'),
      HOMEROOM_CONTROLLER: `127.0.0.1:${stage.broker.tlsPort}`,
      HOMEROOM_JOIN_TOKEN: stage.joinToken,
      ...environment,
    },
  });
  children.push(child);
  return child;
}

const isReady = (value: object) => 'state' in value && value.state === 'ready';
const isDisconnected = (value: object) => 'state' in value && value.state === 'disconnected';
const bootOf = (value: object) => ('bootId' in value ? value.bootId : undefined);
const isLost = (value: object) => 'state' in value && value.state === 'lost';

it('says disconnected on the first signal and ends well', async () => {
  const child = start();
  await stage.controller.state('seat-1', 'state', isReady);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const last = await stage.controller.state('seat-1', 'state', isDisconnected);
  expect(stage.controller.on(topics.device('seat-1', 'state')).at(-1)).toSatisfy(isDisconnected);
  // Only the agent ended; the machine did not.
  expect(last).not.toHaveProperty('reason');
});

it.runIf(existsSync(systemNode))(
  'runs under any Node that the system has, and ends in order with it',
  async () => {
    const child = start({}, systemNode);
    await stage.controller.state('seat-1', 'state', isReady);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await stage.controller.state('seat-1', 'state', isDisconnected);
    expect(stage.controller.on(topics.device('seat-1', 'state')).at(-1)).toSatisfy(isDisconnected);
  },
);

it('goes down when its simulated machine reboots, and is back with another boot', async () => {
  const child = start();
  const before = await stage.controller.state('seat-1', 'state', isReady);
  const ended = once(child, 'exit');
  await stage.controller.send('seat-1', 'reboot');
  // Whoever keeps it running starts it again.
  expect(await ended).toEqual([75, null]);
  await stage.controller.state('seat-1', 'state', isDisconnected);
  stage.controller.forget();
  start();
  const after = await stage.controller.state('seat-1', 'state', isReady);
  expect(bootOf(after)).not.toBe(bootOf(before));
});

it('goes down when it is shut down, and its last word says so', async () => {
  const child = start();
  await stage.controller.state('seat-1', 'state', isReady);
  await stage.controller.send('seat-1', 'simulate', { what: 'writing', pendingMiB: 96 });
  const busy = await stage.controller.send('seat-1', 'shutdown');
  expect(await stage.controller.result('seat-1', 'shutdown', busy)).toMatchObject({
    status: 'rejected',
    error: { code: 'command_busy', message: '96 MiB are still to be written' },
  });
  const ended = once(child, 'exit');
  const forced = await stage.controller.send('seat-1', 'shutdown', { force: true });
  expect(await stage.controller.result('seat-1', 'shutdown', forced)).toMatchObject({ status: 'succeeded' });
  expect(await ended).toEqual([0, null]);
  const last = await stage.controller.state('seat-1', 'state', isDisconnected);
  expect(last).toMatchObject({ reason: 'shutdown' });
});

it('is lost by its will when it is killed, and its next run counts as a later connection', async () => {
  const child = start();
  const ready = await stage.controller.state('seat-1', 'state', isReady);
  child.kill('SIGKILL');
  const lost = await stage.controller.state('seat-1', 'state', isLost);
  const connectionOf = (value: object) => ('connection' in value ? Number(value.connection) : Number.NaN);
  expect(connectionOf(lost)).toBe(connectionOf(ready));
  stage.controller.forget();
  start();
  const again = await stage.controller.state('seat-1', 'state', isReady);
  expect(connectionOf(again)).toBeGreaterThan(connectionOf(ready));
});

it('tells every fault of its configuration at once and does not start', async () => {
  const child = start({
    HOMEROOM_KIOSK: 'firefox',
    HOMEROOM_HOST_CAPACITY: 'many',
    HOMEROOM_JOIN_TOKEN: 'nonsense',
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await once(child, 'close')).toEqual([78, null]);
  for (const key of ['HOMEROOM_KIOSK', 'HOMEROOM_HOST_CAPACITY', 'HOMEROOM_JOIN_TOKEN'])
    expect(said).toContain(key);
  expect(said).not.toContain('nonsense');
});
