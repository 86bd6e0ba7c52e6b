import type { Hdmi, Input } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { cecEvents } from './cec-events.ts';
import { hdmiEvents } from './hdmi-events.ts';
import { inputEvents } from './input-events.ts';
import { relayEvents } from './relay-events.ts';

const monitor = { vendor: 'DEL', product: 'U2415', serial: null, widthMm: null, heightMm: null };
const hdmi = (connected: boolean): Hdmi => ({
  connectors: [{ name: 'HDMI-A-1', connected, monitor: connected ? monitor : null, mode: null }],
});

describe('hdmiEvents', () => {
  it('tells a monitor that was plugged in, by its name', () => {
    expect(hdmiEvents(hdmi(false), hdmi(true))).toEqual([
      {
        name: 'hdmi.connected',
        message: 'DEL U2415 was plugged into HDMI-A-1',
        details: { connector: 'HDMI-A-1' },
      },
    ]);
  });

  it('tells one that was unplugged', () => {
    expect(hdmiEvents(hdmi(true), hdmi(false)).map((event) => event.name)).toEqual(['hdmi.disconnected']);
  });

  it('tells a connector that appears with a monitor on it', () => {
    expect(hdmiEvents({ connectors: [] }, hdmi(true)).map((event) => event.name)).toEqual(['hdmi.connected']);
  });

  it('tells nothing when nothing changed', () => {
    expect(hdmiEvents(hdmi(true), hdmi(true))).toEqual([]);
  });
});

describe('cecEvents', () => {
  const cec = (power: 'on' | 'standby') => ({
    adapters: [
      { name: 'cec0', connector: null, power, physicalAddress: null, isActiveSource: null, television: null },
    ],
  });

  it('tells a television that changed its power', () => {
    expect(cecEvents(cec('on'), cec('standby'))).toEqual([
      {
        name: 'cec.power-changed',
        message: 'the television on cec0 is standby',
        details: { adapter: 'cec0', from: 'on', to: 'standby' },
      },
    ]);
  });

  it('tells nothing of an adapter that was not there before', () => {
    expect(cecEvents({ adapters: [] }, cec('on'))).toEqual([]);
  });
});

describe('inputEvents', () => {
  const input = (...ids: string[]): Input => ({
    devices: ids.map((id) => ({ id, name: `Keyboard ${id}`, kind: 'keyboard', bus: 'usb', usbId: null })),
  });

  it('tells what came and what went', () => {
    expect(inputEvents(input('a', 'b'), input('b', 'c')).map(({ name, message }) => [name, message])).toEqual(
      [
        ['input.removed', 'Keyboard a was removed'],
        ['input.added', 'Keyboard c was added'],
      ],
    );
  });
});

describe('relayEvents', () => {
  const relays = (on: boolean | null) => ({
    channels: [{ channel: 0, name: 'Lamp', on, since: '2026-01-01T00:00:00.000Z' }],
  });

  it('tells a channel that switched', () => {
    expect(relayEvents(relays(false), relays(true))).toEqual([
      { name: 'relay.changed', message: 'Lamp is on', details: { channel: 0, on: true } },
    ]);
  });

  it('tells nothing of a channel whose state is not known', () => {
    expect(relayEvents(relays(true), relays(null))).toEqual([]);
  });
});
