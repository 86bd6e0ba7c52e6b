import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, rootCertificates } from 'node:tls';
import { toError } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

const connectTimeoutMs = 10_000;

/** Who vouches for a server. */
export interface ServerAuthority {
  /** Whether a public authority does; then nobody needs to be asked. */
  readonly isPublic: boolean;
  readonly caPem: string;
  /** Of the authority's certificate, 64 hex digits: a join token names the same. */
  readonly sha256: string;
}

/**
 * Look at a server's certificate. Nothing is sent but the beginning of TLS.
 *
 * @throws CliFault 3 when nobody answers, 1 when the certificate is none that could be trusted
 */
export async function readServerAuthority(url: string): Promise<ServerAuthority> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: port === '' ? 443 : Number(port),
    // A name of the machine is sent as such; an address may not be.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    ca: [...rootCertificates],
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(connectTimeoutMs) });
    const leaf = socket.getPeerCertificate(true);
    const issuer = leaf.issuerCertificate?.raw;
    return authorityOf(leaf.raw, issuer, { isPublic: socket.authorized });
  } catch (caught) {
    if (caught instanceof CliFault) throw caught;
    const cause = toError(caught);
    throw new CliFault(exitCodes.unreachable, `No controller answers at ${url} (${cause.message}).`, {
      cause,
    });
  } finally {
    socket.destroy();
  }
}

function authorityOf(
  leafDer: Buffer,
  issuer: Buffer | undefined,
  { isPublic }: { isPublic: boolean },
): ServerAuthority {
  const leaf = new X509Certificate(leafDer);
  const ca = issuer && new X509Certificate(issuer);
  const isGood = ca && leaf.checkIssued(ca) && leaf.verify(ca.publicKey);
  if (!isPublic && !isGood) {
    throw new CliFault(
      exitCodes.failed,
      'The server does not show the authority that signed its certificate.',
    );
  }
  const der = ca?.raw ?? Buffer.alloc(0);
  return { isPublic, caPem: ca?.toString() ?? '', sha256: createHash('sha256').update(der).digest('hex') };
}
