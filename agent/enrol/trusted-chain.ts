import { createHash, type X509Certificate } from 'node:crypto';
import { HomeroomError } from '@homeroom/protocol/wire';

/** A controller's CA as it is kept. */
export interface TrustedCa {
  readonly pem: string;
  /** SHA-256 of its DER, 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * Decide whether a server is the controller that the join token names: its chain ends in the CA of the
 * token, and that CA signed its certificate. Without a token (`expectedSha256` undefined) the CA is
 * trusted on first use; its hash is shown for a person to compare.
 *
 * @param chain the certificates that the server showed, its own first
 * @throws controller_not_trusted
 */
export function trustChain(
  chain: readonly X509Certificate[],
  expectedSha256: string | undefined,
  now: Date,
): TrustedCa {
  const leaf = chain[0];
  if (!leaf) throw new HomeroomError('controller_not_trusted', 'the server shows no certificate');
  const ca = chain.find((certificate) =>
    expectedSha256 === undefined ? certificate.ca : sha256Of(certificate) === expectedSha256,
  );
  if (!ca) {
    const why = expectedSha256 === undefined ? 'shows no CA' : 'does not show the CA of the join token';
    throw new HomeroomError('controller_not_trusted', `the server ${why}`);
  }
  if (!ca.ca || !isSignedBy(ca, ca))
    throw new HomeroomError('controller_not_trusted', 'the CA is not a root');
  if (leaf !== ca && !isSignedBy(leaf, ca)) {
    throw new HomeroomError('controller_not_trusted', 'the server’s certificate is not signed by the CA');
  }
  for (const certificate of [leaf, ca]) checkValidity(certificate, now);
  return { pem: ca.toString(), sha256: sha256Of(ca) };
}

function sha256Of(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('hex');
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function checkValidity(certificate: X509Certificate, now: Date): void {
  const from = certificate.validFromDate;
  const to = certificate.validToDate;
  if (now >= from && now <= to) return;
  throw new HomeroomError(
    'controller_not_trusted',
    `a certificate is valid from ${from.toISOString()} to ${to.toISOString()}, and this device’s clock says ${now.toISOString()}`,
  );
}
