import type { DeviceInfo } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { kindWords } from './kind-words.ts';

const info = (capabilities: DeviceInfo['capabilities']): DeviceInfo => ({
  model: 'Raspberry Pi 4',
  serial: '1',
  fingerprint: 'f',
  os: 'Debian 12',
  arch: 'arm64',
  agentVersion: '0.1.0',
  addresses: [],
  capabilities,
});

test('a device is called by what it can', () => {
  expect(kindWords({ info: info(['kiosk', 'simulated']), host: null })).toBe('Kiosk, simulated board');
  expect(kindWords({ info: info(['host']), host: null })).toBe('Host');
  expect(kindWords({ info: null, host: null })).toBe('Device');
});

test('a host tells how full it is', () => {
  const host = { capacity: 20, isolation: 'own' as const, load: 0.1, faults: [], desktops: [] };
  expect(kindWords({ info: info(['host']), host })).toBe('Host, 0 of 20 desktops run');
});
