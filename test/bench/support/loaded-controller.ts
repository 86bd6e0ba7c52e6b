import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '../../support/wait-for.ts';

const script = join(import.meta.dirname, 'simulating-controller.ts');
const startTimeoutMs = 60_000;

/** A controller that benches put under load, in a process of its own. */
export interface LoadedController extends AsyncDisposable {
  readonly httpPort: number;
  readonly pid: number;
}

/**
 * Start a controller with a simulated provider, on free ports of loopback.
 *
 * @param roles as `HOMEROOM_ROLES` has them; all without
 */
export async function startLoadedController(options: {
  dataDir: string;
  databaseUrl: string;
  roles?: string;
}): Promise<LoadedController> {
  const { dataDir, databaseUrl, roles } = options;
  await mkdir(dataDir, { recursive: true });
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [script], {
    env: {
      PATH,
      HOMEROOM_DATA_DIR: dataDir,
      HOMEROOM_DATABASE_URL: databaseUrl.replace('@/', '@localhost/'),
      HOMEROOM_LISTEN: '127.0.0.1',
      HOMEROOM_PORT: '0',
      HOMEROOM_MQTT_PORT: '0',
      HOMEROOM_MQTT_TLS_PORT: '0',
      HOMEROOM_MDNS: 'false',
      HOMEROOM_NODE_RED: 'off',
      ...(roles && { HOMEROOM_ROLES: roles }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const hasSaidAll = () => {
    if (child.exitCode !== null) throw new Error(`the controller ended with ${child.exitCode}`);
    return said.includes('\n');
  };
  await waitFor('the controller serves', hasSaidAll, startTimeoutMs);
  return {
    httpPort: JSON.parse(said).httpPort,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
