import { seatName } from '../child-specs.ts';
import { signalGroup } from '../end-group.ts';
import { isRunning, type ProcessIdentity } from '../process-identity.ts';
import { ProcessRecord } from '../process-record.ts';
import { readSockets, stripDir } from './strip-files.ts';

/** @returns the names of the seats whose sockets are on; one that is off stays off */
export function poweredSeats(dataDir: string, seats: number): string[] {
  const sockets = readSockets(dataDir, seats, new Date());
  return sockets.flatMap(({ on }, index) => (on ? [seatName(index + 1)] : []));
}

/** @returns the agents that the strip has on record: those that run, and those that its killing left */
export function seatsLeftBehind(dataDir: string): readonly ProcessIdentity[] {
  return new ProcessRecord(stripDir(dataDir)).readLeftovers();
}

/** End what a strip that was killed did not end, with every process of each seat. */
export function killSeats(dataDir: string): void {
  for (const identity of seatsLeftBehind(dataDir))
    if (isRunning(identity)) signalGroup(identity.pid, 'SIGKILL');
  new ProcessRecord(stripDir(dataDir)).clear();
}
