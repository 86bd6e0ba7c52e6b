import { randomUUID } from 'node:crypto';
import type { Event, EventName, Reported } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Happening } from './happening.ts';

export interface EventTellerOptions {
  readonly send: (name: EventName, event: Event) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** A full disk stays full for a while: once is enough. */
const diskFaultIntervalMs = 600_000;

/** Makes events of what happened. */
export class EventTeller {
  readonly #options: EventTellerOptions;
  #hasCrashed = false;
  #diskToldMs = Number.NEGATIVE_INFINITY;

  constructor(options: EventTellerOptions) {
    this.#options = options;
  }

  tell({ name, message, details }: Happening): void {
    const { send, clock } = this.#options;
    send(name, { id: randomUUID(), at: clock.now().toISOString(), message, ...(details && { details }) });
  }

  kioskCrashed(reason: string): void {
    this.#hasCrashed = true;
    this.tell({ name: 'kiosk.crashed', message: `the kiosk's browser ended: ${reason}`.slice(0, 200) });
  }

  /** Tells a recovery, once the kiosk shows something again after a crash. */
  kioskIs(state: Reported['kiosk']['state']): void {
    if (!this.#hasCrashed || (state !== 'showing' && state !== 'local')) return;
    this.#hasCrashed = false;
    this.tell({ name: 'kiosk.recovered', message: 'the kiosk shows its page again' });
  }

  /** Something could not be written; the agent goes on without. */
  diskFault(error: Error): void {
    const { clock, log } = this.#options;
    log.error('a file could not be written', { error });
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#diskToldMs < diskFaultIntervalMs) return;
    this.#diskToldMs = nowMs;
    this.tell({ name: 'disk.full', message: `a file could not be written: ${error.message}`.slice(0, 200) });
  }
}
