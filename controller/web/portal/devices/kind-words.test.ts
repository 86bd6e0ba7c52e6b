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

const none = { host: null, hostConsent: null };
const host = { capacity: 20, isolation: 'own' as const, load: 0.1, faults: [], desktops: [] };

test('a device is called by what it can', () => {
  expect(kindWords({ info: info(['kiosk', 'simulated']), ...none })).toBe('Kiosk, simulated board');
  expect(kindWords({ info: info(['host']), ...none })).toBe('Host');
  expect(kindWords({ info: null, ...none })).toBe('Device');
});

test('a host tells how full it is', () => {
  expect(kindWords({ info: info(['host']), host, hostConsent: 'allowed' })).toBe(
    'Host, 0 of 20 desktops run',
  );
});

test('a host without consent says so, and what still runs on it', () => {
  const desktop = {
    desktop: 'd',
    user: 'ada',
    state: 'running' as const,
    startedAt: '2026-03-02T10:00:00.000Z',
  };
  expect(kindWords({ info: null, host, hostConsent: null })).toBe('Wants to run desktops');
  expect(kindWords({ info: null, host, hostConsent: 'refused' })).toBe('Host that gets no desktops');
  const full = { ...host, desktops: [desktop] };
  expect(kindWords({ info: null, host: full, hostConsent: 'refused' })).toBe(
    'Host that gets no more desktops, 1 run',
  );
});
