import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

const command = resolve(import.meta.dirname, '../../../controller/cli/homeroom.mjs');
const token = 'the token of an admin';

let folder: string;
let servers: Server[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'homeroom-cli-'));
  servers = [];
  await mkdir(join(folder, 'controller'));
  await writeFile(join(folder, 'controller/admin-token'), token);
  await loadOrCreateCertificates(join(folder, 'controller/tls'));
});
afterEach(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

it('asks the controller that has the certificate of the data folder', async () => {
  const { certPem, keyPem } = await loadOrCreateCertificates(join(folder, 'controller/tls'));
  const heard: string[] = [];
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    heard.push(request.headers.authorization ?? '');
    response.setHeader('content-type', 'application/json').end('{"items":[],"next":null}');
  });
  expect(await listTokens(await listen(server))).toBe(0);
  expect(heard).toEqual([`Bearer ${token}`]);
});

it('asks a controller with a certificate of its owner’s', async () => {
  const bought = await loadOrCreateCertificates(join(folder, 'bought'), { names: ['school.example'] });
  const path = join(folder, 'bought/server.pem');
  const server = createServer({ cert: bought.certPem, key: bought.keyPem }, (_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"items":[],"next":null}');
  });
  const port = await listen(server);
  expect(await listTokens(port, { HOMEROOM_TLS_CERT: path, HOMEROOM_TLS_KEY: path })).toBe(0);
});

it('finds the controller of the data folder at the port that it took', async () => {
  const { certPem, keyPem, caSha256 } = await loadOrCreateCertificates(join(folder, 'controller/tls'));
  const server = createServer({ cert: certPem, key: keyPem }, (_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"items":[],"next":null}');
  });
  const url = `https://127.0.0.1:${await listen(server)}`;
  const address = { url, pid: process.pid, caSha256, certificatePath: null };
  await writeFile(join(folder, 'controller/address.json'), JSON.stringify(address));
  expect(await listTokens(9)).toBe(0);
});

it('tells its token to nobody else who has taken the port', async () => {
  const foreign = await loadOrCreateCertificates(join(folder, 'foreign'));
  const heard: unknown[] = [];
  const secure = createServer({ cert: foreign.certPem, key: foreign.keyPem }, (request) =>
    heard.push(request.headers),
  );
  const plain = createPlainServer((request, response) => {
    heard.push(request.headers);
    response.end('{"items":[],"next":null}');
  });
  expect(await listTokens(await listen(secure))).toBe(3);
  expect(await listTokens(await listen(plain))).toBe(3);
  expect(heard).toEqual([]);
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** @returns the exit code of `homeroom token list` */
async function listTokens(port: number, environment: Record<string, string> = {}): Promise<number | null> {
  const child = spawn(process.execPath, [command, 'token', 'list'], {
    env: {
      PATH: process.env.PATH,
      HOMEROOM_DATA_DIR: folder,
      HOMEROOM_PORT: String(port),
      ...environment,
    },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  return code;
}
