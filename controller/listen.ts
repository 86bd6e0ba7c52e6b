import type { Server } from 'node:net';
import { type ListenAttempt, listenFault } from './listen-fault.ts';

/** Of a machine without IPv6. */
const noIpv6: ReadonlySet<string> = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/**
 * Open a port. Every address (`::`) is every IPv4 address alone where there is no IPv6.
 *
 * @throws port_in_use, config_invalid; their cause is the error of the system
 */
export async function listen(server: Server, attempt: ListenAttempt): Promise<void> {
  const fault = await tryToListen(server, attempt);
  if (fault === undefined) return;
  if (attempt.host !== '::' || !noIpv6.has(fault.code ?? '')) throw listenFault(fault, attempt);
  await listen(server, { ...attempt, host: '0.0.0.0' });
}

function tryToListen(
  server: Server,
  { host, port }: ListenAttempt,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
}
