import type { RelayCommand, RelayState } from '@homeroom/protocol';
import { type Dropped, RelayAdmission } from './relay-admission.ts';
import type { Socket } from './strip-files.ts';

/** What hangs on a socket. */
export interface Load {
  set(on: boolean): Promise<void>;
}

export interface PowerStripOptions {
  /** One for each socket, in the order of their numbers. */
  readonly loads: readonly Load[];
  /** As they were left. */
  readonly sockets: readonly Socket[];
  /** Keeps them for the next start. */
  readonly keep: (sockets: readonly Socket[]) => void;
  readonly now: () => Date;
  /** Calls once after so many milliseconds. */
  readonly after: (delayMs: number, run: () => void) => void;
}

/** A relay board that is made up: what stands behind its sockets are processes. It keeps its sockets over a restart. */
export class PowerStrip {
  readonly #options: PowerStripOptions;
  readonly #admission: RelayAdmission;
  readonly #listeners = new Set<() => void>();
  #sockets: readonly Socket[];

  constructor(options: PowerStripOptions) {
    this.#options = options;
    this.#sockets = options.sockets;
    this.#admission = new RelayAdmission(options.loads.length);
  }

  get state(): RelayState {
    return { online: true, channels: this.#sockets.map((socket) => ({ ...socket })) };
  }

  isOn(channel: number): boolean {
    return this.#sockets[channel]?.on === true;
  }

  /** Called after each change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Follow a command, or drop it. @returns why it was dropped */
  receive(command: RelayCommand, isRetained: boolean): Dropped | undefined {
    const { after, now } = this.#options;
    const dropped = this.#admission.refusalOf(command, { isRetained, nowMs: now().getTime() });
    if (dropped) return dropped;
    const { channel, on, pulseMs } = command;
    this.#switch(channel, on);
    if (pulseMs !== undefined) after(pulseMs, () => this.#switch(channel, !on));
    return undefined;
  }

  #switch(channel: number, on: boolean): void {
    const { keep, loads, now } = this.#options;
    if (this.isOn(channel) === on) return;
    this.#sockets = this.#sockets.with(channel, { on, since: now().toISOString() });
    keep(this.#sockets);
    void loads[channel]?.set(on);
    for (const listener of this.#listeners) listener();
  }
}
