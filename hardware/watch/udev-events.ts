import type { Clock } from '../clock.ts';
import type { CommandRunner } from '../process/command-runner.ts';
import { RespawnedProcess } from '../process/respawned-process.ts';

export type Subsystem = 'drm' | 'input' | 'cec';

/** @returns which watched subsystem a line of `udevadm monitor` tells of; undefined for its headlines. */
export function subsystemOfUdevLine(line: string): Subsystem | undefined {
  // `UDEV  [1234.567890] change   /devices/platform/gpu/drm/card1 (drm)`
  const name = /^UDEV\s+\[[\d.]+\]\s+\S+\s+\S.*\((\w+)\)$/.exec(line)?.[1];
  return name === 'drm' || name === 'input' || name === 'cec' ? name : undefined;
}

export interface UdevEventsOptions {
  readonly commands: CommandRunner;
  readonly clock: Clock;
  readonly onFault: (fault: Error) => void;
}

/** The kernel's events after udev has handled them, by one `udevadm monitor` for all who listen. */
export class UdevEvents {
  readonly #process: RespawnedProcess;
  readonly #listeners = new Set<{ subsystem: Subsystem; tell: () => void }>();

  constructor({ commands, clock, onFault }: UdevEventsOptions) {
    this.#process = new RespawnedProcess({
      commands,
      clock,
      onFault,
      file: 'udevadm',
      args: ['monitor', '--udev', ...['drm', 'input', 'cec'].map((name) => `--subsystem-match=${name}`)],
      onLine: (line) => this.#onLine(line),
    });
  }

  /** Call `tell` on every event of the subsystem. */
  on(subsystem: Subsystem, tell: () => void): void {
    this.#listeners.add({ subsystem, tell });
  }

  start(): void {
    this.#process.start();
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  #onLine(line: string): void {
    const subsystem = subsystemOfUdevLine(line);
    for (const listener of this.#listeners) if (listener.subsystem === subsystem) listener.tell();
  }
}
