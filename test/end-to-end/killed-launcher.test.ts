/** Ctrl-C reaches `up` by its launcher's process group; when the launcher is killed nobody can end `up` any more. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { Installation } from './support/installation.ts';

const launcher = resolve(import.meta.dirname, '../../controller/cli/homeroom.mjs');

it('ends everything when the process that launched `up` is killed', async () => {
  const installation = await Installation.prepare();
  onTestFinished(() => installation.remove());
  const { dataDir, ports } = installation;
  const { PATH = '', HOME = '/' } = process.env;
  const killed = spawn(
    process.execPath,
    [
      ...[launcher, 'up', '--data', dataDir, '--seats', '0', '--no-host', '--port', String(ports.http)],
      ...['--mqtt-port', String(ports.mqtt), '--mqtt-tls-port', String(ports.mqttTls)],
    ],
    {
      env: { PATH, HOME, HOMEROOM_LISTEN: '127.0.0.1', HOMEROOM_MDNS: 'false', HOMEROOM_NODE_RED: 'off' },
      stdio: 'ignore',
    },
  );
  onTestFinished(() => void killed.kill('SIGKILL'));
  await installation.untilProcess('controller/main.ts');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  await waitFor('everything has ended', async () => (await installation.processes()).length === 0, 45_000);
  expect(await installation.processes()).toEqual([]);
});
