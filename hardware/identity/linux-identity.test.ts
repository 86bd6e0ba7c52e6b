import { isDeviceId } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import { addressesOf, deviceIdOf, parsePrettyName } from './linux-identity.ts';

test('a Pi is called by the number that is burnt into its chip', () => {
  expect(deviceIdOf('10000000ABCDEF01', 'x')).toBe('10000000abcdef01');
});

test.each([undefined, '', 'To be filled!', '0'])(
  'with serial number %j the machine id’s hash is the name',
  (serial) => {
    const id = deviceIdOf(serial, '3d1219c7c4c5404aaa1f6d2a48adfda4');
    expect(isDeviceId(id)).toBe(true);
    expect(id).toBe(deviceIdOf(undefined, '3d1219c7c4c5404aaa1f6d2a48adfda4'));
    expect(id).not.toContain('3d1219c7');
    expect(id).not.toBe(deviceIdOf(serial, 'another'));
  },
);

test('the system’s name, quoted or not', () => {
  expect(parsePrettyName('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe(
    'Debian GNU/Linux 12 (bookworm)',
  );
  expect(parsePrettyName('PRETTY_NAME=Alpine\n')).toBe('Alpine');
  expect(parsePrettyName('')).toBeUndefined();
});

test('addresses are those that others can use', () => {
  const of = (address: string, internal = false) => ({
    address,
    internal,
    netmask: '',
    mac: '',
    cidr: null,
    ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
  });
  expect(
    addressesOf({
      lo: [of('127.0.0.1', true)],
      eth0: [of('192.168.1.7'), of('fe80::1'), of('fd00::2')],
      usb0: [of('169.254.3.4')],
      gone: undefined,
    }),
  ).toEqual(['192.168.1.7', 'fd00::2']);
});
