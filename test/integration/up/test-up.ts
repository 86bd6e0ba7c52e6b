import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Terminal } from '@homeroom/controller/cli/up/terminal.ts';
import { Up } from '@homeroom/controller/cli/up/up.ts';
import { loadConfig } from '@homeroom/controller/config.ts';

/** @returns an `Up` over the stand-ins, and what it has told the terminal so far. */
export function testUp({
  dataDir,
  port,
  seats = 2,
  host = true,
}: {
  dataDir: string;
  port: number;
  seats?: number;
  host?: boolean;
}) {
  const environment = {
    PATH: process.env.PATH,
    HOMEROOM_PORT: String(port),
    HOMEROOM_LISTEN: '127.0.0.1',
    HOMEROOM_MQTT_PORT: '0',
    HOMEROOM_MQTT_TLS_PORT: '0',
    HOMEROOM_DATA_DIR: dataDir,
  };
  const written: string[] = [];
  const up = new Up({
    root: join(import.meta.dirname, 'fake-homeroom'),
    dataDir,
    environment,
    config: loadConfig({ environment, readFile: () => undefined }),
    options: {
      help: false,
      seats,
      host,
      kiosk: true,
      environment: {},
      given: ['--no-kiosk', '--port=1'],
    },
    networkAddress: undefined,
    isRoot: true,
    terminal: new Terminal((text) => written.push(text)),
  });
  return { up, told: () => written.join('') };
}

/** @returns the processes that an agent stand-in has had, start by start: its own pid and its child's. */
export function startsOf(dataDir: string, agent: string): number[][] {
  try {
    const lines = readFileSync(join(dataDir, 'agents', agent, 'starts'), 'utf8').split('\n');
    // What stands behind the last end of a line is still being written; made a number, nothing is 0: our own group.
    return lines.slice(0, -1).map((line) => line.split(' ').map(Number));
  } catch {
    // It has not started yet.
    return [];
  }
}

/** @returns whether any process has that pid; a zombie counts as none. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // No such process.
    return false;
  }
}

/** Wait for a condition, half a minute at most. */
export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await delay(20);
  }
}
