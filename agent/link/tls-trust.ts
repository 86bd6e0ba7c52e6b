import { createHash, X509Certificate } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';

/**
 * Options of a TLS connection that trusts one CA and nobody else. The controller's CA signs for that
 * controller alone, so the pin replaces the host name check: a classroom's server is reached by whatever
 * address the network gives it.
 */
export function pinnedTls(caPem: string): ConnectionOptions {
  return { ca: caPem, rejectUnauthorized: true, minVersion: 'TLSv1.2', checkServerIdentity: () => undefined };
}

/** @returns the base64 SHA-256 of a certificate's public key, as browsers take a pin. */
export function spkiPin(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64');
}

/** The same of a certificate in PEM. */
export function spkiPinOfPem(pem: string): string {
  return spkiPin(new X509Certificate(pem));
}
