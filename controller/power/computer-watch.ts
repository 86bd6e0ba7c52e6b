import { type DeviceState, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { FleetMessage, Messaging } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Queryable } from '../store/database.ts';

export interface ComputerWatchOptions {
  readonly db: Queryable;
  readonly changes: Pick<Changes, 'announce'>;
  readonly messaging: Pick<Messaging, 'onMessage'>;
  /** @returns whether any computer hangs on a relay: most schools have none, and thousands of devices */
  readonly isNeeded: () => boolean;
  readonly logger: Logger;
}

/**
 * `was_awake` is what later makes "I have shut down" believed: it is set when a computer says that it is there while its
 * power is up, and cleared when power comes anew.
 */
const heardSql = `
update relay_channels c set was_awake = c.was_awake or ($2 and c.is_on is true),
  look_again_at = case when c.action is not null then clock_timestamp() end
from devices d
where d.id = $1 and c.seat_id = d.seat_id and c.load = 'seat'
returning c.relay_id as relay`;

/** Hears computers come and go, for the relays that power them. */
export class ComputerWatch {
  readonly #options: ComputerWatchOptions;
  #leave: (() => void) | undefined;

  constructor(options: ComputerWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#leave = this.#options.messaging.onMessage((message) => this.#take(message));
  }

  stop(): void {
    this.#leave?.();
  }

  #take({ parsed, value }: FleetMessage): void {
    if (parsed.kind !== 'device' || parsed.leaf !== 'state' || !this.#options.isNeeded()) return;
    const { state } = value as DeviceState;
    this.#note(parsed.device, state === 'ready').catch((caught) =>
      // A change under way finds out by its timer; what was not noted makes it more careful, never less.
      this.#options.logger.warn(
        { err: toError(caught), deviceId: parsed.device },
        'a computer could not be noted',
      ),
    );
  }

  async #note(device: string, isReady: boolean): Promise<void> {
    const rows = await this.#options.db.query<{ relay: string }>(heardSql, [device, isReady]);
    for (const { relay } of rows) this.#options.changes.announce({ kind: 'relay', id: relay });
  }
}
