import { join, resolve } from 'node:path';
import type { HostResource, JoinTokenResource } from '@homeroom/protocol';
import { waitFor } from '../../support/wait-for.ts';
import type { BenchController } from './bench-controller.ts';
import { BenchProcess } from './process.ts';

const program = resolve(import.meta.dirname, '../../../agent/homeroom-agent.mjs');
const startTimeoutMs = 60_000;

/** @returns a real agent that runs desktops, once its controller places some on it */
export async function startHostAgent(
  { ask, mqttTlsPort }: Pick<BenchController, 'ask' | 'mqttTlsPort'>,
  { dir, capacity }: { dir: string; capacity: number },
): Promise<BenchProcess> {
  const { token = '' } = (await ask('POST', '/join-tokens', {
    note: 'bench',
    host: true,
  })) as JoinTokenResource;
  const agent = new BenchProcess(process.execPath, [program, '--host'], {
    stdio: ['ignore', 'ignore', 2],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_BOARD: 'simulated',
      HOMEROOM_KIOSK: 'none',
      HOMEROOM_DEVICE_ID: 'bench-host',
      HOMEROOM_DATA_DIR: join(dir, 'agents', 'host'),
      HOMEROOM_CONTROLLER: `127.0.0.1:${mqttTlsPort}`,
      HOMEROOM_JOIN_TOKEN: token,
      HOMEROOM_HOST_CAPACITY: String(capacity),
      HOMEROOM_HOST_STREAMS: 'local',
      HOMEROOM_HOST_END_WITH_AGENT: 'on',
      HOMEROOM_LOG_LEVEL: 'error',
    },
  });
  await waitFor(
    'the host is well',
    async () => {
      const { items } = (await ask('GET', '/hosts')) as { items: HostResource[] };
      return items.some(({ healthy, consent }) => healthy && consent === 'allowed');
    },
    startTimeoutMs,
  );
  return agent;
}
