import type { MessageKind } from '../messages.ts';

const at = '2030-01-01T08:00:00.000Z';
const fault = { code: 'hardware_failed', message: 'no answer' };

/** What a device says of itself, as a Pi 4 would. */
export const sampleInfo = {
  model: 'Raspberry Pi 4 Model B Rev 1.4',
  serial: '10000000a3b2c1d0',
  fingerprint: 'f'.repeat(64),
  os: 'Debian GNU/Linux 13',
  arch: 'arm64',
  agentVersion: '0.1.0',
  addresses: ['192.168.1.20', 'fe80::1'],
  capabilities: ['kiosk', 'screen', 'hdmi', 'cec', 'input', 'relays', 'reboot'],
};

const connector = {
  name: 'HDMI-A-1',
  connected: true,
  monitor: { vendor: 'DEL', product: 'U2415', serial: null, widthMm: 518, heightMm: 324 },
  mode: { width: 1920, height: 1200, refreshHz: 59.95 },
};
const adapter = {
  name: 'cec0',
  connector: 'HDMI-A-1',
  power: 'standby',
  physicalAddress: '1.0.0.0',
  isActiveSource: false,
  television: { vendor: 'Sony', name: null },
  error: fault,
};
const keyboard = { id: 'usb-1-1.2', name: 'Keyboard', kind: 'keyboard', bus: 'usb', usbId: '046d:c31c' };
const health = {
  at,
  uptimeS: 86_400.5,
  temperatureC: 51.2,
  underVoltage: false,
  loadAverage: 0.4,
  cpuCount: 4,
  memoryTotalMiB: 3_793,
  memoryFreeMiB: 2_100,
  diskTotalMiB: 29_000,
  diskFreeMiB: null,
  diskErrors: 0,
  link: { name: 'wlan0', speedMbps: null, wireless: true, signalDbm: -61 },
  agentMemoryMiB: 62,
};
const desktop = {
  desktop: '0b8f7a52-6f1c-4a39-9d5e-6f0f0c1d2e3f',
  user: 'maria',
  state: 'running',
  startedAt: at,
};

/** A good payload of each kind of message. */
export const sampleMessages: Readonly<Record<MessageKind, Readonly<Record<string, unknown>>>> = {
  state: { state: 'ready', since: at, bootId: 'b-1', connection: 3 },
  info: sampleInfo,
  desired: { revision: 4, kiosk: { url: '/kiosk/pi-01' }, screen: { power: 'on' }, lock: false },
  reported: {
    revision: 4,
    kiosk: { state: 'failed', url: null, loadedAt: null, error: fault },
    screen: { power: 'unknown' },
    lock: false,
  },
  hdmi: { connectors: [connector, { name: 'HDMI-A-2', connected: false, monitor: null, mode: null }] },
  cec: { adapters: [adapter] },
  input: { devices: [keyboard] },
  relays: { channels: [{ channel: 0, name: 'Screen', on: null, since: at, error: fault }] },
  health,
  host: { capacity: 20, isolation: 'own', load: 0.25, faults: [fault], desktops: [desktop] },
  event: { id: 'event-0001', at, message: 'A monitor was plugged in.', details: { connector: 'HDMI-A-1' } },
  command: { id: 'command-1', issuedAt: at, ttlMs: 5_000, args: { seconds: 3 } },
  result: { id: 'command-1', status: 'failed', data: null, error: fault },
  'relay-command': { id: 'command-1', issuedAt: at, ttlMs: 60_000, channel: 1, on: true },
  'relay-state': { online: true, channels: [{ on: true, since: at }] },
  'controller-state': { state: 'online', since: at },
  'enrol-request': {
    device: 'pi-01',
    name: 'Window seat',
    code: '012345',
    info: sampleInfo,
    token: { id: '0a1b2c3d', proof: 'ab'.repeat(32) },
  },
  'enrol-reply': {
    status: 'accepted',
    device: 'pi-01',
    name: 'Window seat',
    password: 'p'.repeat(32),
    httpPort: 8080,
    mqttPort: 8883,
  },
};
