import { join } from 'node:path';
import type { Hdmi } from '@homeroom/protocol/wire';
import type { DriverContext } from '../driver-context.ts';
import { absent, type Presence, present } from '../presence.ts';
import { rescanOf } from '../watch/rescan.ts';
import { StateWatcher } from '../watch/state-watcher.ts';
import { readDrmConnectors } from './drm-connectors.ts';

/** @returns the machine's connectors; absent where no graphics driver shows any. */
export async function openHdmi(
  { rootDir, clock, onFault }: DriverContext,
  hasEvents: boolean,
): Promise<Presence<StateWatcher<Hdmi>>> {
  const drmDir = join(rootDir, 'sys/class/drm');
  if ((await readDrmConnectors(drmDir)).connectors.length === 0)
    return absent('the kernel knows no connector: no graphics driver is loaded');
  const look = () => readDrmConnectors(drmDir);
  return present(new StateWatcher<Hdmi>({ look, clock, onFault, ...rescanOf(hasEvents) }));
}
