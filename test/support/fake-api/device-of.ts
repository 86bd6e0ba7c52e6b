import type { Device, Seat } from '@homeroom/protocol';

/** @returns a healthy seat's device, an hour up, showing its own page. */
export function createDevice(id: string, seat: Seat): Device {
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const url = `/kiosk/${id}`;
  return {
    id,
    name: seat.name,
    seat: seat.id,
    room: seat.room,
    connection: 'ready',
    since,
    desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url },
    state: { state: 'ready', since, bootId: 'boot' },
    info: {
      model: 'Raspberry Pi 4 Model B',
      serial: id,
      fingerprint: id,
      os: 'Raspberry Pi OS 13',
      arch: 'arm64',
      agentVersion: '0.1.0',
      addresses: ['192.168.7.21'],
      capabilities: ['kiosk', 'screen', 'hdmi', 'cec', 'input', 'relays', 'simulated', 'reboot'],
    },
    reported: {
      revision: 1,
      kiosk: { state: 'showing', url, loadedAt: since },
      screen: { power: 'on' },
      lock: false,
    },
    hdmi: {
      connectors: [
        {
          name: 'HDMI-A-1',
          connected: true,
          monitor: { vendor: 'DEL', product: 'P2419H', serial: null, widthMm: 527, heightMm: 296 },
          mode: { width: 1920, height: 1080, refreshHz: 60 },
        },
      ],
    },
    cec: {
      adapters: [
        {
          name: 'cec0',
          connector: 'HDMI-A-1',
          power: 'on',
          physicalAddress: '1.0.0.0',
          isActiveSource: true,
          television: { vendor: 'Samsung', name: null },
        },
      ],
    },
    input: {
      devices: [
        { id: 'keyboard', name: 'Logitech K120', kind: 'keyboard', bus: 'usb', usbId: '046d:c31c' },
        { id: 'mouse', name: 'Logitech M90', kind: 'mouse', bus: 'usb', usbId: '046d:c05a' },
      ],
    },
    relays: {
      channels: [
        { channel: 0, name: 'Monitor', on: true, since },
        { channel: 1, name: 'Lamp', on: false, since },
      ],
    },
    health: {
      at: since,
      uptimeS: 3600,
      temperatureC: 47.2,
      underVoltage: false,
      loadAverage: 0.4,
      cpuCount: 4,
      memoryTotalMiB: 3792,
      memoryFreeMiB: 2710,
      diskTotalMiB: 29_500,
      diskFreeMiB: 22_100,
      diskErrors: 0,
      link: { name: 'eth0', speedMbps: 1000, wireless: false, signalDbm: null },
      agentMemoryMiB: 54,
    },
    host: null,
    hostConsent: null,
    alerts: [],
  };
}
