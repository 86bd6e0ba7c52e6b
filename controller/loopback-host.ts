import { isIPv4 } from 'node:net';

/**
 * @param host as a URL has it: an IPv6 address in brackets
 * @returns whether it is this very machine, whatever a name server says
 */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
