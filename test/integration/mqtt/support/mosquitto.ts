import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { DynamicSecurity } from '@homeroom/controller/mqtt/dynamic-security.ts';
import { MosquittoCredentials } from '@homeroom/controller/mqtt/mosquitto-credentials.ts';
import { pino } from 'pino';
import { waitFor } from '../../../support/wait-for.ts';
import type { TestBroker } from './test-broker.ts';

const observerPassword = 'observer password';
const admin = { username: 'admin', password: 'admin password' };
const plugin = '/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so';

/** A real mosquitto with its dynamic-security plugin, prepared by our own adapter. */
export async function startMosquitto(): Promise<TestBroker> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-mosquitto-'));
  const certificates = await loadOrCreateCertificates(dir);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const configPath = await writeConfig(dir, port, tlsPort, certificates.certPem);
  const mosquitto = spawn('mosquitto', ['-c', configPath], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  mosquitto.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString('utf8')).slice(-20_000);
  });
  const url = `mqtt://127.0.0.1:${port}`;
  const security = new DynamicSecurity({ url, ...admin, logger: pino({ level: 'silent' }) });
  await waitFor(`mosquitto to listen: ${log}`, () =>
    security.start().then(
      () => true,
      () => false,
    ),
  );
  const credentials = new MosquittoCredentials({ security, observerPassword });
  await credentials.prepare();
  return {
    name: 'mosquitto',
    port,
    tlsPort,
    caPem: certificates.caPem,
    door: { url, ...admin },
    credentials,
    observerPassword,
    async stop() {
      await security.stop();
      mosquitto.kill('SIGKILL');
      if (mosquitto.exitCode === null && mosquitto.signalCode === null) await once(mosquitto, 'exit');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function writeConfig(dir: string, port: number, tlsPort: number, chainPem: string): Promise<string> {
  const securityPath = join(dir, 'dynamic-security.json');
  await promisify(execFile)('mosquitto_ctrl', [
    'dynsec',
    'init',
    securityPath,
    admin.username,
    admin.password,
  ]);
  await writeFile(join(dir, 'chain.pem'), chainPem);
  const configPath = join(dir, 'mosquitto.conf');
  const lines = [
    // Runs as whoever runs the test, in its own folder.
    'user root',
    'per_listener_settings false',
    'allow_anonymous false',
    `plugin ${plugin}`,
    `plugin_opt_config_file ${securityPath}`,
    `listener ${port} 127.0.0.1`,
    `listener ${tlsPort} 127.0.0.1`,
    `certfile ${join(dir, 'chain.pem')}`,
    `keyfile ${join(dir, 'server-key.pem')}`,
  ];
  await writeFile(configPath, `${lines.join('\n')}\n`);
  return configPath;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
