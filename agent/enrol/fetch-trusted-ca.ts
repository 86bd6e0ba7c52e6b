import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { openTls } from '../link/open-tls.ts';
import { brokerHostOf, type ControllerAddress } from './controller-address.ts';
import { type TrustedCa, trustChain } from './trusted-chain.ts';

/**
 * Look at a controller's certificates without saying anything, and decide whether to trust it.
 *
 * @param expectedSha256 the CA's hash from the join token; undefined trusts on first use
 * @throws broker_unavailable, controller_not_trusted
 */
export async function fetchTrustedCa(
  address: ControllerAddress,
  expectedSha256: string | undefined,
  signal: AbortSignal,
): Promise<TrustedCa> {
  const host = brokerHostOf(address);
  const socket = await openTls({ host, port: address.mqttPort, caPem: undefined, signal });
  try {
    return trustChain(chainOf(socket), expectedSha256, new Date());
  } finally {
    socket.destroy();
  }
}

/** Ours are two long; the bound is against a server that means ill. */
const maxChainLength = 8;

function chainOf(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let link: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (link?.raw && chain.length < maxChainLength) {
    chain.push(new X509Certificate(link.raw));
    link = link.issuerCertificate === link ? undefined : link.issuerCertificate;
  }
  return chain;
}
