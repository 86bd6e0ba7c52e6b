import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { networkAddressOf } from './network-address.ts';

const rest = { netmask: '', mac: '', cidr: null } as const;
const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...rest,
  ...{ family: 'IPv4', address, internal },
});
const interfaces = { lo: [v4('127.0.0.1', true)], eth0: [v4('192.0.2.7')], eth1: [v4('198.51.100.3')] };

it.each(['0.0.0.0', '::'])('is the first of this machine when the controller listens on %s', (host) => {
  expect(networkAddressOf(host, interfaces)).toBe('192.0.2.7');
});

it('is the one that the controller listens on', () => {
  expect(networkAddressOf('198.51.100.3', interfaces)).toBe('198.51.100.3');
});

it('is none when the controller listens to this machine alone', () => {
  expect(networkAddressOf('127.0.0.1', interfaces)).toBeUndefined();
});

it('is none on a machine without a network', () => {
  expect(networkAddressOf('0.0.0.0', { lo: [v4('127.0.0.1', true)] })).toBeUndefined();
});
