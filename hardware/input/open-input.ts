import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Input } from '@homeroom/protocol/wire';
import type { DriverContext } from '../driver-context.ts';
import { absent, type Presence, present } from '../presence.ts';
import { readText } from '../read-text.ts';
import { rescanOf } from '../watch/rescan.ts';
import { StateWatcher, type StateWatcherOptions } from '../watch/state-watcher.ts';
import { inventoryOf } from './input-inventory.ts';
import { kindOf } from './input-kind.ts';
import { InputUse } from './input-use.ts';
import { type ProcInputDevice, parseProcInputDevices } from './proc-input-devices.ts';

/** @returns the inventory of input devices, and when one was last used */
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
  const use = new InputUse({ folder: join(rootDir, 'dev/input'), clock });
  const look = async (): Promise<Input> => {
    const devices = parseProcInputDevices((await readText(file)) ?? '');
    const usedAt = await use.look(nodesOf(devices));
    return { ...inventoryOf(devices), ...(usedAt && { lastUsedAt: usedAt.toISOString() }) };
  };
  return present(new InputWatcher({ look, clock, onFault, ...rescanOf(hasEvents) }, use));
}

/** Hands use these; a lid, a sound jack and a television's remote control say nothing of who sits there. */
function nodesOf(devices: readonly ProcInputDevice[]): string[] {
  return devices.filter((device) => kindOf(device) !== 'other').flatMap(({ eventNode }) => eventNode ?? []);
}

class InputWatcher extends StateWatcher<Input> {
  readonly #use: InputUse;

  constructor(options: StateWatcherOptions<Input>, use: InputUse) {
    super(options);
    this.#use = use;
  }

  override stop(): void {
    super.stop();
    this.#use.stop();
  }
}
