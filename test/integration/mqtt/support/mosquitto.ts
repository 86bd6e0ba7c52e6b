import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { DynamicSecurity } from '@homeroom/controller/mqtt/dynamic-security.ts';
import { MosquittoCredentials } from '@homeroom/controller/mqtt/mosquitto-credentials.ts';
import { pino } from 'pino';
import { freePort } from '../../../support/free-port.ts';
import { waitFor } from '../../../support/wait-for.ts';
import type { TestBroker } from './test-broker.ts';

const observerPassword = 'observer password';
const admin = { username: 'admin', password: 'admin password' };
const plugin = '/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so';

/** A real mosquitto with its dynamic-security plugin, as an admin has set it up: nobody but `admin` in it. */
export interface BareMosquitto {
  readonly port: number;
  readonly tlsPort: number;
  readonly caPem: string;
  readonly admin: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/** @param dir holds the certificates that it serves, in a folder that the caller removes */
export async function startBareMosquitto(dir: string): Promise<BareMosquitto> {
  const certificates = await loadOrCreateCertificates(dir);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const configPath = await writeConfig(dir, port, tlsPort, certificates.certPem);
  const mosquitto = spawn('mosquitto', ['-c', configPath], { stdio: 'ignore' });
  await waitFor('mosquitto to listen', () => isListening(port));
  return {
    port,
    tlsPort,
    caPem: certificates.caPem,
    admin,
    async stop() {
      mosquitto.kill('SIGKILL');
      if (mosquitto.exitCode === null && mosquitto.signalCode === null) await once(mosquitto, 'exit');
    },
  };
}

/** The same, prepared by our own adapter. */
export async function startMosquitto(): Promise<TestBroker> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-mosquitto-'));
  const mosquitto = await startBareMosquitto(dir);
  const url = `mqtt://127.0.0.1:${mosquitto.port}`;
  const security = new DynamicSecurity({ url, ...admin, logger: pino({ level: 'silent' }) });
  const credentials = new MosquittoCredentials({ security, observerPassword });
  const stop = async () => {
    await security.stop();
    await mosquitto.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await security.start();
    await credentials.prepare();
  } catch (caught) {
    // No process may outlive a test, least of all one that failed to begin.
    await stop();
    throw caught;
  }
  return {
    name: 'mosquitto',
    ...mosquitto,
    door: { url, ...admin },
    credentials,
    observerPassword,
    stop,
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

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Not yet.
    return false;
  } finally {
    socket.destroy();
  }
}
