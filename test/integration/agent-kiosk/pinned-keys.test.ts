import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KioskStage } from './stage.ts';

let dir: string;
let server: Server;
let stage: KioskStage;
let origin: string;
let spki: string;
let pins: readonly string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-tls-'));
  const { certPem, keyPem } = await loadOrCreateCertificates(dir);
  const key = new X509Certificate(certPem).publicKey.export({ type: 'spki', format: 'der' });
  spki = createHash('sha256').update(key).digest('base64');
  server = createServer({ cert: certPem, key: keyPem }, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stage = await KioskStage.open({ controllerOrigin: () => origin, pinnedSpki: () => pins });
  await stage.kiosk.start();
});
afterAll(async () => {
  await stage.end();
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

it('refuses a controller whose key is not the pinned one', async () => {
  pins = [createHash('sha256').update('another key').digest('base64')];
  await stage.kiosk.show(`${origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({
    state: 'failed',
    error: { message: expect.stringContaining('ERR_CERT') },
  });
});

it('takes the pinned one as soon as the agent knows it', async () => {
  pins = [spki];
  await stage.kiosk.show(`${origin}/kiosk/pi-1`);
  expect(stage.kiosk.status).toMatchObject({ state: 'showing', url: `${origin}/kiosk/pi-1` });
});
