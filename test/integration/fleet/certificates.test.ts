import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateBrokerPassword } from '@homeroom/controller/fleet/broker-passwords.ts';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'homeroom-tls-')), 'tls');
});
afterEach(() => rm(join(dir, '..'), { recursive: true, force: true }));

const names = ['localhost', 'pi.example', '127.0.0.1', '::1'];
const later = (days: number) => new Date(Date.now() + days * 86_400_000);

/** @returns the server's certificate and the CA, in the order in which they are sent */
function chainOf({ certPem }: Certificates): X509Certificate[] {
  const parts = certPem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return parts.map((part) => new X509Certificate(part));
}

describe('the controller’s certificates', () => {
  it('are a CA and a server certificate that it signed, for every name', async () => {
    const made = await loadOrCreateCertificates(dir, { names });
    const [leaf, ca, ...more] = chainOf(made);
    expect(more).toEqual([]);
    expect(leaf?.ca).toBe(false);
    expect(ca?.ca).toBe(true);
    expect(leaf?.verify((ca ?? leaf).publicKey)).toBe(true);
    expect(leaf?.checkIssued(ca ?? leaf)).toBe(true);
    expect(ca?.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(made.caSha256);
    expect(leaf?.checkHost('pi.example')).toBe('pi.example');
    expect(leaf?.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf?.checkIP('::1')).toBeDefined();
    expect(leaf?.checkHost('elsewhere.example')).toBeUndefined();
  });

  it('stay the same from start to start', async () => {
    const made = await loadOrCreateCertificates(dir, { names });
    expect(await loadOrCreateCertificates(dir, { names })).toEqual(made);
  });

  it('keep their keys from everybody else', async () => {
    await loadOrCreateCertificates(dir, { names });
    const modes = await Promise.all(
      ['ca-key.pem', 'server-key.pem'].map(async (name) => (await stat(join(dir, name))).mode & 0o777),
    );
    expect(modes).toEqual([0o600, 0o600]);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await readdir(dir)).toSorted()).toEqual(['ca-key.pem', 'ca.pem', 'server-key.pem', 'server.pem']);
  });

  it.each([
    ['gets a name more', { names: [...names, '192.0.2.5'] }],
    ['is about to expire', { names, now: later(350) }],
  ])('renew the server’s when it %s, and keep the CA that devices know', async (_what, options) => {
    const made = await loadOrCreateCertificates(dir, { names });
    const renewed = await loadOrCreateCertificates(dir, options);
    expect(renewed.certPem).not.toBe(made.certPem);
    expect(renewed.caPem).toBe(made.caPem);
    const [leaf, ca] = chainOf(renewed);
    expect(leaf?.verify((ca ?? leaf).publicKey)).toBe(true);
  });

  it('keep the server’s when a name has gone, for it does no harm', async () => {
    const made = await loadOrCreateCertificates(dir, { names });
    expect(await loadOrCreateCertificates(dir, { names: ['localhost'] })).toEqual(made);
  });

  it('mend a start that broke off between the two files', async () => {
    const made = await loadOrCreateCertificates(dir, { names });
    await unlink(join(dir, 'server.pem'));
    const mended = await loadOrCreateCertificates(dir, { names });
    expect(mended.caPem).toBe(made.caPem);
    await writeFile(join(dir, 'server-key.pem'), made.keyPem);
    const again = await loadOrCreateCertificates(dir, { names });
    expect(again.keyPem).not.toBe(made.keyPem);
  });
});

describe('the observer’s password', () => {
  it('is made once and kept from everybody else', async () => {
    const password = await loadOrCreateBrokerPassword(dir, 'observer-password');
    expect(password).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(await loadOrCreateBrokerPassword(dir, 'observer-password')).toBe(password);
    expect((await stat(join(dir, 'observer-password'))).mode & 0o777).toBe(0o600);
  });

  it('is one password when two ask at once', async () => {
    const [one, two] = await Promise.all([
      loadOrCreateBrokerPassword(dir, 'observer-password'),
      loadOrCreateBrokerPassword(dir, 'observer-password'),
    ]);
    expect(one).toBe(two);
  });
});
