/** mosquitto as Homeroom uses it: with its dynamic-security plugin, and our access rules in it. */
import { execFile } from 'node:child_process';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { aclsOf, defaultAccess } from '@homeroom/controller/mqtt/security-roles.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { BenchDevice } from './bench-devices.ts';
import { freePort } from './free-port.ts';
import { BenchProcess } from './process.ts';

export interface Mosquitto extends AsyncDisposable {
  readonly pid: number;
  /** Plain, on loopback. */
  readonly port: number;
  /** For the controller: with a user who may manage the others. */
  readonly url: string;
}

const admin = { username: 'admin', password: 'password-of-the-admin' };
/** As `mosquitto_ctrl` makes them. */
const hashing = { iterations: 101, bytes: 64, digest: 'sha512', saltBytes: 12 } as const;

/** Start it with these devices known. */
export async function startMosquitto(dir: string, devices: readonly BenchDevice[]): Promise<Mosquitto> {
  const port = await freePort();
  const securityPath = join(dir, 'dynamic-security.json');
  const control = ['dynsec', 'init', securityPath, admin.username, admin.password];
  await promisify(execFile)('mosquitto_ctrl', control);
  await addDevices(securityPath, devices);
  const configPath = join(dir, 'mosquitto.conf');
  await writeFile(configPath, configOf(port, securityPath));
  const process = new BenchProcess('mosquitto', ['-c', configPath], { stdio: ['ignore', 2, 2] });
  await waitFor('mosquitto to listen', () => doesListen(port));
  return {
    pid: process.pid,
    port,
    url: `mqtt://${admin.username}:${admin.password}@127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}

/** @returns how much memory it says that it uses */
export async function heapBytes(url: string): Promise<number> {
  const look = ['-L', `${url}/$SYS/broker/heap/current`, '-C', '1', '-W', '10'];
  const { stdout } = await promisify(execFile)('mosquitto_sub', look);
  return Number(stdout);
}

/** Into its file: told one by one through the plugin, it would write the whole file for each. */
async function addDevices(path: string, devices: readonly BenchDevice[]): Promise<void> {
  const known: { clients: object[]; roles: object[] } = JSON.parse(await readFile(path, 'utf8'));
  const clients = devices.map(({ id, password }) => ({
    username: id,
    clientid: id,
    roles: [{ rolename: `homeroom-device-${id}` }],
    ...hashOf(password),
  }));
  const roles = devices.map(({ id }) => ({
    rolename: `homeroom-device-${id}`,
    acls: aclsOf({ kind: 'device', device: id }),
  }));
  const defaultACLAccess = Object.fromEntries(defaultAccess.map(({ acltype, allow }) => [acltype, allow]));
  const all = {
    ...known,
    defaultACLAccess,
    clients: [...known.clients, ...clients],
    roles: [...known.roles, ...roles],
  };
  await writeFile(path, JSON.stringify(all));
}

function hashOf(password: string) {
  const { iterations, bytes, digest, saltBytes } = hashing;
  const salt = randomBytes(saltBytes);
  const hash = pbkdf2Sync(password, salt, iterations, bytes, digest);
  return { password: hash.toString('base64'), salt: salt.toString('base64'), iterations };
}

function configOf(port: number, securityPath: string): string {
  const plugin = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/mosquitto_dynamic_security.so`;
  const lines = [
    // Runs as whoever runs the bench, in its folder.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    'allow_anonymous false',
    `plugin ${plugin}`,
    `plugin_opt_config_file ${securityPath}`,
    `listener ${port} 127.0.0.1`,
    // As our broker has it, and as quiet.
    'set_tcp_nodelay true',
    'log_type error',
    'sys_interval 1',
    // Its default drops what the controller does not take at once, after it said that it has it.
    'max_queued_messages 0',
  ];
  return `${lines.join('\n')}\n`;
}

async function doesListen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Not yet; the caller asks again.
    return false;
  } finally {
    socket.destroy();
  }
}
