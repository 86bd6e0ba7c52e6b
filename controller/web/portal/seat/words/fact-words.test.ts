import type { Cec, Hdmi, Input } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { connectionFact } from './connection-words.ts';
import { inputFact } from './input-words.ts';
import { relayFacts } from './relay-words.ts';
import { hdmiFact, televisionFact } from './screen-words.ts';

const connector = (connected: boolean): Hdmi['connectors'][number] => ({
  name: 'HDMI-A-1',
  connected,
  monitor: connected ? { vendor: 'DEL', product: 'P2419H', serial: null, widthMm: 530, heightMm: 300 } : null,
  mode: connected ? { width: 1920, height: 1080, refreshHz: 60 } : null,
});

test('HDMI names the monitor and its mode, or says that nothing is there', () => {
  expect(hdmiFact({ connectors: [connector(true)] }).words).toBe('DEL P2419H, 1920 × 1080');
  expect(hdmiFact({ connectors: [connector(false)] })).toMatchObject({
    words: 'nothing plugged in',
    tone: 'warn',
  });
});

test('a monitor without CEC is no fault', () => {
  const adapter: Cec['adapters'][number] = {
    name: 'cec0',
    connector: 'HDMI-A-1',
    power: 'no-peer',
    physicalAddress: null,
    isActiveSource: null,
    television: null,
  };
  expect(televisionFact({ adapters: [adapter] })?.tone).toBe('idle');
  expect(
    televisionFact({ adapters: [{ ...adapter, power: 'on', television: { vendor: 'LG', name: null } }] })
      ?.words,
  ).toBe('on (LG)');
  expect(televisionFact({ adapters: [] })).toBeUndefined();
});

test('a seat needs keyboard and mouse', () => {
  const device = (kind: Input['devices'][number]['kind']) => ({
    id: kind,
    name: kind,
    kind,
    bus: 'usb' as const,
    usbId: null,
  });
  expect(inputFact({ devices: [device('keyboard'), device('mouse')] }).tone).toBe('good');
  expect(inputFact({ devices: [device('keyboard')] }).words).toBe('keyboard, no mouse');
  expect(inputFact({ devices: [] }).words).toBe('no keyboard, no mouse');
});

test('each relay is told by its number and its name', () => {
  const since = '2026-03-02T10:00:00.000Z';
  const channels = [
    { channel: 0, name: 'Monitor', on: true, since },
    { channel: 1, name: 'Lamp', on: null, since },
  ];
  expect(relayFacts({ channels }).map(({ label, words }) => `${label} ${words}`)).toEqual([
    'Relay 1 (Monitor) on',
    'Relay 2 (Lamp) unknown',
  ]);
});

test('a connection is told with its span', () => {
  const now = new Date('2026-03-02T10:05:00.000Z');
  expect(connectionFact({ connection: 'lost', since: '2026-03-02T10:00:00.000Z' }, now).words).toBe(
    'lost for 5 min',
  );
  expect(connectionFact({ connection: 'never', since: null }, now).words).toBe('never connected');
});
