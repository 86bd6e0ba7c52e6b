import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Input } from '@homeroom/protocol';
import type { DriverContext } from '../driver-context.ts';
import { absent, type Presence, present } from '../presence.ts';
import { readText } from '../read-text.ts';
import { rescanOf } from '../watch/rescan.ts';
import { StateWatcher } from '../watch/state-watcher.ts';
import { inventoryOf } from './input-inventory.ts';
import { parseProcInputDevices } from './proc-input-devices.ts';

/** @returns the inventory of input devices; no device is ever opened for it. */
export async function openInput(
  { rootDir, clock, onFault }: DriverContext,
  hasEvents: boolean,
): Promise<Presence<StateWatcher<Input>>> {
  const file = join(rootDir, 'proc/bus/input/devices');
  try {
    await access(file);
  } catch {
    return absent('the kernel has no /proc/bus/input/devices');
  }
  const look = async () => inventoryOf(parseProcInputDevices((await readText(file)) ?? ''));
  return present(new StateWatcher<Input>({ look, clock, onFault, ...rescanOf(hasEvents) }));
}
