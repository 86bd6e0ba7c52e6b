import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import { pinnedTls } from './tls-trust.ts';

export interface OpenTlsOptions {
  readonly host: string;
  readonly port: number;
  /** The CA to trust, PEM; undefined verifies nothing, for a look at the chain alone. */
  readonly caPem: string | undefined;
  /** Aborts on the caller's deadline too. */
  readonly signal: AbortSignal;
}

/**
 * Open a TLS socket to the controller.
 *
 * @returns the socket after its handshake
 * @throws broker_unavailable when nobody answers, controller_not_trusted when the certificate is not of
 *   the CA, the signal's reason when it aborts
 */
export function openTls(options: OpenTlsOptions): Promise<TLSSocket> {
  const { host, port, caPem, signal } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const trust = caPem === undefined ? { rejectUnauthorized: false } : pinnedTls(caPem);
    const socket = connect({ host, port, ...trust });
    const onAbort = () => {
      socket.destroy();
      reject(toError(signal.reason));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    // Stays for the life of the socket, so that a late error never goes unheard.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(tlsFault(error, host, port));
    });
    socket.once('secureConnect', () => {
      signal.removeEventListener('abort', onAbort);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

const untrusted: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

/** @returns what a failed handshake means. */
function tlsFault(error: NodeJS.ErrnoException, host: string, port: number): HomeroomError {
  const where = `${host}:${port}`;
  if (error.code !== undefined && untrusted.has(error.code)) {
    return new HomeroomError(
      'controller_not_trusted',
      `${where} shows a certificate that this device does not trust (${error.message})`,
      { cause: error },
    );
  }
  return new HomeroomError('broker_unavailable', `${where} does not answer (${error.message})`, {
    cause: error,
  });
}
