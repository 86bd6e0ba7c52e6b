import { type DeviceState, toError, topics } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { TopicPublisher } from './ports.ts';
import type { Presence } from './presence.ts';

export interface SilenceSweeperOptions {
  readonly presence: Presence;
  readonly publisher: TopicPublisher;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Says `lost` for devices that fell silent without a will, for everybody to hear; the fleet hears it too. */
export class SilenceSweeper {
  readonly #options: SilenceSweeperOptions;

  constructor(options: SilenceSweeperOptions) {
    this.#options = options;
  }

  sweep(): void {
    const { presence, publisher, logger, now } = this.#options;
    for (const { device, state } of presence.silent(now().getTime())) {
      const lost: DeviceState = { ...state, state: 'lost', since: now().toISOString() };
      publisher.publish(topics.device(device, 'state'), lost, { retain: true }).then(
        () => logger.info({ deviceId: device }, 'a silent device was judged lost'),
        // While the broker is away nobody can be heard; the next sweep tries again.
        (caught) => logger.debug({ err: toError(caught), deviceId: device }, 'a loss could not be told'),
      );
    }
  }
}
