import { describe, expect, it } from 'vitest';
import { formatHostPort, parseControllerAddress } from './controller-address.ts';

describe('parseControllerAddress', () => {
  it.each([
    ['homeroom.local', { host: 'homeroom.local' }],
    ['10.0.0.2:18883', { host: '10.0.0.2', mqttPort: 18883 }],
    ['[fd00::2]:18883', { host: 'fd00::2', mqttPort: 18883 }],
    ['[fd00::2]', { host: 'fd00::2' }],
  ])('reads %s', (text, address) => {
    expect(parseControllerAddress(text)).toEqual(address);
  });

  it.each(['', 'https://homeroom', 'a b', 'host:', 'host:0', 'host:70000', 'fd00::2'])(
    'refuses %j',
    (text) => {
      expect(parseControllerAddress(text)).toBeUndefined();
    },
  );
});

describe('formatHostPort', () => {
  it('brackets an IPv6 address', () => {
    expect(formatHostPort('fd00::2', 8080)).toBe('[fd00::2]:8080');
    expect(formatHostPort('10.0.0.2', 8080)).toBe('10.0.0.2:8080');
  });
});
