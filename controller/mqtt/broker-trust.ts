import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, getCACertificates, type PeerCertificate } from 'node:tls';

/** Options of a TLS connection to an external broker. */
export interface BrokerTrust {
  readonly ca: string[];
  readonly checkServerIdentity: (host: string, certificate: PeerCertificate) => Error | undefined;
}

/** Trust our own CA beside the public ones. @param caPem our own CA */
export function brokerTrust(caPem: string): BrokerTrust {
  return {
    ca: [...getCACertificates('default'), caPem],
    checkServerIdentity: identityCheck(caPem),
  };
}

/**
 * Who an external broker must be, once its chain is trusted: the host of its URL, or whoever has a certificate
 * of our own CA, which signs for this controller and its broker alone. So the broker's machine needs no
 * certificate with its name in it, as devices ask for none either.
 *
 * @param caPem our own CA
 * @returns as `tls.connect` wants it: undefined when it is right, else why not
 */
function identityCheck(caPem: string): BrokerTrust['checkServerIdentity'] {
  const ca = new X509Certificate(caPem);
  return (host, certificate) => {
    const leaf = new X509Certificate(certificate.raw);
    const isOurs = leaf.checkIssued(ca) && leaf.verify(ca.publicKey);
    return isOurs ? undefined : checkServerIdentity(host, certificate);
  };
}
