import type { NetworkInterfaceInfo } from 'node:os';

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * @param host the address that the controller listens on
 * @param interfaces of this machine, as Node tells them
 * @returns the address by which other machines reach the controller; undefined where none does
 */
export function networkAddressOf(
  host: string,
  interfaces: Readonly<NodeJS.Dict<NetworkInterfaceInfo[]>>,
): string | undefined {
  const outer = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal);
  if (everyAddress.has(host)) return outer.find(({ family }) => family === 'IPv4')?.address;
  return outer.find(({ address }) => address === host)?.address;
}
