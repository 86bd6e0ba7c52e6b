import { isIPv6 } from 'node:net';

/** A home or a room has the whole of such a network (RFC 6177), so its machines may change their addresses at will. */
const networkGroups = 4;

/**
 * What tells one guesser from another by their address.
 *
 * @returns an IPv4 address as it is, an IPv6 address as its /64 network
 */
export function sourceOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...zeros, ...right].slice(0, networkGroups);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
