import type { Input } from '@homeroom/protocol/wire';
import { busOf, isForPeople, kindOf } from './input-kind.ts';
import type { ProcInputDevice } from './proc-input-devices.ts';

type InputDevice = Input['devices'][number];

const maxDevices = 64;

/**
 * Make the inventory of the kernel's devices. One thing on a desk is often several of them: a keyboard
 * is also a "consumer control" and a "system control". Each plug gives one entry per kind, and its
 * `other` entries only if it has nothing better.
 *
 * @returns the entries in the kernel's order; an id lasts as long as the plug stays where it is
 */
export function inventoryOf(devices: readonly ProcInputDevice[]): Input {
  const entries = new Map<string, InputDevice>();
  for (const device of devices.filter(isForPeople)) {
    const entry = entryOf(device);
    if (!entries.has(entry.id)) entries.set(entry.id, entry);
  }
  const useful = new Set([...entries.values()].filter(({ kind }) => kind !== 'other').map(plugOf));
  const kept = [...entries.values()].filter((entry) => entry.kind !== 'other' || !useful.has(plugOf(entry)));
  return { devices: kept.slice(0, maxDevices) };
}

function entryOf(device: ProcInputDevice): InputDevice {
  const bus = busOf(device);
  const kind = kindOf(device);
  const plug = device.phys.replace(/\/input\d+$/, '') || device.name || 'unnamed';
  return {
    id: `${plug.slice(0, 100)}/${kind}`,
    name: device.name.slice(0, 200) || 'Unnamed device',
    kind,
    bus,
    usbId: bus === 'usb' ? device.usbId : null,
  };
}

function plugOf({ id }: InputDevice): string {
  return id.slice(0, id.lastIndexOf('/'));
}
