/**
 * The controller's own certificates: a CA that lives for twenty years and is what devices pin, and a server
 * certificate below it, made afresh before it expires or when the machine's names and addresses change.
 * Files in the folder: ca.pem, ca-key.pem, server.pem, server-key.pem; keys are readable by the owner alone.
 */
import 'reflect-metadata';
import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

export interface Certificates {
  readonly caPem: string;
  /** SHA-256 of the CA certificate (DER), 64 hex digits: what a join token names. */
  readonly caSha256: string;
  /** The server's certificate and then the CA, as it is sent. */
  readonly certPem: string;
  readonly keyPem: string;
}

export interface CertificateOptions {
  /** Names and addresses that the server is called by; by default this machine's. */
  readonly names?: readonly string[];
  readonly now?: Date;
}

const dayMs = 86_400_000;
const caDays = 20 * 365;
/** Browsers and Apple's systems take no server certificate of more than 825 days. */
const leafDays = 397;
const renewBeforeDays = 60;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

interface Signed {
  readonly certificate: x509.X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

/**
 * Read the certificates of a folder, making what is missing, out of date or under other names.
 *
 * @param dir made when missing, readable by the owner alone
 */
export async function loadOrCreateCertificates(
  dir: string,
  { names = ownNames(), now = new Date() }: CertificateOptions = {},
): Promise<Certificates> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ca = (await readPair(dir, 'ca')) ?? (await createCa(dir, now));
  const found = await readPair(dir, 'server');
  const leaf = found && (await isGood(found, ca, names, now)) ? found : await createLeaf(dir, ca, names, now);
  const caPem = ca.certificate.toString('pem');
  return {
    caPem: `${caPem}\n`,
    caSha256: createHash('sha256').update(Buffer.from(ca.certificate.rawData)).digest('hex'),
    certPem: `${leaf.certificate.toString('pem')}\n${caPem}\n`,
    keyPem: await exportKey(leaf.privateKey),
  };
}

/** @returns what this machine is called by: localhost, loopback, its host name and its addresses. */
export function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((interfaces) => interfaces ?? [])
    // An address with a scope (`fe80::1%eth0`) cannot stand in a certificate.
    .filter((address) => !address.address.startsWith('fe80:'))
    .map((address) => address.address);
  const host = hostname();
  return [...new Set(['localhost', host, `${host}.local`, '127.0.0.1', '::1', ...addresses])];
}

async function isGood(leaf: Signed, ca: Signed, names: readonly string[], now: Date): Promise<boolean> {
  const { certificate } = leaf;
  if (certificate.notAfter.getTime() - now.getTime() < renewBeforeDays * dayMs) return false;
  if (certificate.notBefore > now) return false;
  const covered = new Set(
    certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items.map((name) => name.value),
  );
  if (!names.every((name) => covered.has(name))) return false;
  // A crash between the two files of a pair leaves the key of another certificate.
  const key = createPrivateKey(await exportKey(leaf.privateKey));
  if (!new X509Certificate(certificate.toString('pem')).checkPrivateKey(key)) return false;
  return certificate.verify({ publicKey: ca.certificate, date: now }, webcrypto);
}

async function createCa(dir: string, now: Date): Promise<Signed> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: `CN=Homeroom CA of ${commonName()}`,
      ...validity(now, caDays),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return writePair(dir, 'ca', { certificate, privateKey: keys.privateKey });
}

async function createLeaf(dir: string, ca: Signed, names: readonly string[], now: Date): Promise<Signed> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: `CN=${commonName()}`,
      issuer: ca.certificate.subject,
      ...validity(now, leafDays),
      publicKey: keys.publicKey,
      signingKey: ca.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(ca.certificate, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return writePair(dir, 'server', { certificate, privateKey: keys.privateKey });
}

/** An hour back, for devices without a clock of their own whose time is a little behind. */
function validity(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - 3_600_000), notAfter: new Date(now.getTime() + days * dayMs) };
}

function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  // Positive, and without leading zeros (RFC 5280, 4.1.2.2).
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

/** A host name without what has a meaning in a distinguished name. */
function commonName(): string {
  return (
    hostname()
      .replaceAll(/[^A-Za-z0-9.-]/g, '-')
      .slice(0, 40) || 'homeroom'
  );
}

async function readPair(dir: string, name: string): Promise<Signed | undefined> {
  const certPem = await readIfThere(join(dir, `${name}.pem`));
  const keyPem = await readIfThere(join(dir, `${name}-key.pem`));
  if (certPem === undefined || keyPem === undefined) return undefined;
  const key = x509.PemConverter.decodeFirst(keyPem);
  return {
    certificate: new x509.X509Certificate(certPem),
    privateKey: await webcrypto.subtle.importKey('pkcs8', key, algorithm, true, ['sign']),
  };
}

/** The key first: a certificate without its key would be taken for good after a crash. */
async function writePair(dir: string, name: string, pair: Signed): Promise<Signed> {
  await writeWhole(join(dir, `${name}-key.pem`), await exportKey(pair.privateKey), 0o600);
  await writeWhole(join(dir, `${name}.pem`), `${pair.certificate.toString('pem')}\n`, 0o644);
  return pair;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const partial = `${path}.part`;
  await writeFile(partial, text, { mode });
  await rename(partial, path);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return undefined;
    throw caught;
  }
}
