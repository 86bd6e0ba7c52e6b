/** @returns an address as people write it: without the prefix that IPv4 has on a socket of both families. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d{1,3}\.)/, '');
}
