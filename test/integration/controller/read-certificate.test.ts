import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { readCertificate } from '@homeroom/controller/start/read-certificate.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';

const own = { certPem: 'own', keyPem: 'own' };
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'homeroom-certificate-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** @returns the settings of a good pair in a folder of its own */
async function makePair(name: string): Promise<{ tlsCert: string; tlsKey: string }> {
  await loadOrCreateCertificates(join(dir, name));
  return { tlsCert: join(dir, name, 'server.pem'), tlsKey: join(dir, name, 'server-key.pem') };
}

it('is our own when none is named', async () => {
  expect(await readCertificate({}, own)).toBe(own);
});

it('is the one that the settings name', async () => {
  const { certPem } = await readCertificate(await makePair('one'), own);
  expect(certPem).toContain('BEGIN CERTIFICATE');
});

it('tells both files when neither is there', async () => {
  const refused = readCertificate({ tlsCert: '/nowhere/cert', tlsKey: '/nowhere/key' }, own);
  await expect(refused).rejects.toMatchObject({
    code: 'config_invalid',
    detail: expect.stringMatching(
      /^HOMEROOM_TLS_CERT \/nowhere\/cert: .*\nHOMEROOM_TLS_KEY \/nowhere\/key: /,
    ),
  });
});

it('refuses a key that is another certificate’s, and text that is none', async () => {
  const { tlsCert } = await makePair('one');
  const { tlsKey } = await makePair('two');
  const fault = { code: 'config_invalid', detail: expect.stringContaining('no certificate and its key') };
  await expect(readCertificate({ tlsCert, tlsKey }, own)).rejects.toMatchObject(fault);
  const text = join(dir, 'text');
  await writeFile(text, 'hello');
  await expect(readCertificate({ tlsCert: text, tlsKey: text }, own)).rejects.toMatchObject(fault);
});
