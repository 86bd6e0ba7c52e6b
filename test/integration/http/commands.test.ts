import type { Device } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { kioskDevice } from './support/fake-services.ts';
import { asRole, startTestServer } from './support/test-server.ts';

const host: Device = {
  ...kioskDevice,
  id: 'host',
  host: { capacity: 20, isolation: 'own', load: 0, faults: [], desktops: [] },
};
const spare: Device = { ...kioskDevice, id: 'spare', seat: null, room: null };

it('sends a teacher’s restart to the device of a seat, and to no host', async () => {
  const sent: string[] = [];
  const get = async (id: string) => [kioskDevice, host, spare].find((device) => device.id === id);
  await using test = await startTestServer({
    services: {
      devices: {
        page: async () => ({ items: [kioskDevice, host], next: null }),
        get,
        patch: async () => kioskDevice,
        remove: async () => undefined,
        authenticate: async () => false,
      },
      commands: {
        send: async (device, name) => {
          sent.push(`${name} ${device}`);
          throw new Error('nothing is sent in this test');
        },
      },
    },
  });
  const restart = async (device: string, role: 'teacher' | 'admin') => {
    const path = `/api/v1/devices/${device}/commands`;
    const answered = await test.fetch(path, {
      method: 'POST',
      headers: asRole(role),
      body: { name: 'reboot' },
    });
    return answered.problem().code;
  };
  expect(await restart('seat-1', 'teacher')).toBe('internal');
  expect(await restart('host', 'teacher')).toBe('not_allowed');
  // Without a seat it is in nobody's room.
  expect(await restart('spare', 'teacher')).toBe('device_unknown');
  expect(await restart('host', 'admin')).toBe('internal');
  expect(sent).toEqual(['reboot seat-1', 'reboot host']);
});
