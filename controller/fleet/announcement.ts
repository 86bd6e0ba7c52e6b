import { hostname } from 'node:os';
import { toError } from '@homeroom/protocol';
import { Bonjour, type Service } from 'bonjour-service';
import type { Logger } from 'pino';

export interface AnnouncementOptions {
  readonly httpPort: number;
  readonly mqttTlsPort: number;
  readonly caSha256: string;
  readonly logger: Logger;
}

const stopTimeoutMs = 1_000;

/**
 * Says on the local network where the controller is: `_homeroom._tcp` by mDNS. New devices find it by that;
 * it is a convenience, so a network that carries no multicast is told in the log and harms nothing.
 */
export class Announcement {
  readonly #options: AnnouncementOptions;
  #bonjour: Bonjour | undefined;
  #service: Service | undefined;

  constructor(options: AnnouncementOptions) {
    this.#options = options;
  }

  start(): void {
    const { httpPort, mqttTlsPort, caSha256, logger } = this.#options;
    const tell = (caught: unknown) => logger.warn({ err: toError(caught) }, 'mDNS announcement failed');
    try {
      this.#bonjour = new Bonjour({}, tell);
      this.#service = this.#bonjour.publish({
        name: `Homeroom on ${hostname()}`,
        type: 'homeroom',
        port: httpPort,
        // Short: all of it is sent in each answer.
        txt: { mqttTlsPort: String(mqttTlsPort), ca: caSha256 },
      });
      this.#service.on('error', tell);
    } catch (caught) {
      tell(caught);
    }
  }

  /** Say good-bye, for a second at most. */
  async stop(): Promise<void> {
    const bonjour = this.#bonjour;
    this.#bonjour = undefined;
    if (!bonjour) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, stopTimeoutMs);
      bonjour.unpublishAll(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    bonjour.destroy();
  }
}
