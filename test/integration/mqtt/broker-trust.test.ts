import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { brokerTrust } from '@homeroom/controller/mqtt/broker-trust.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

let dir: string;
let own: Certificates;
let foreign: Certificates;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-broker-trust-'));
  own = await loadOrCreateCertificates(join(dir, 'own'));
  foreign = await loadOrCreateCertificates(join(dir, 'foreign'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Reach a server under a name that is not in its certificate, trusting both CAs. */
async function reach(certificates: Certificates): Promise<void> {
  const server: Server = createServer({ cert: certificates.certPem, key: certificates.keyPem });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = connect({
    host: '127.0.0.1',
    port,
    servername: 'broker.example.org',
    ...brokerTrust(own.caPem),
    ca: [own.caPem, foreign.caPem],
  });
  try {
    await once(socket, 'secureConnect');
  } finally {
    socket.destroy();
    server.close();
  }
}

it('takes a broker with a certificate of our own CA under any name', async () => {
  await expect(reach(own)).resolves.toBeUndefined();
});

it('wants the right name of a broker that another trusted CA signed for', async () => {
  await expect(reach(foreign)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});
