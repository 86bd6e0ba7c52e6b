import { toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { renewAfterMs } from './cookie-lifetime.ts';
import type { KioskCookie } from './kiosk-port.ts';

const tryAgainMs = 30_000;
/** A controller that refuses our cookies shall not be asked for new ones all the time. */
const leastBetweenReplacementsMs = 10_000;

export interface KioskIdentityOptions {
  readonly fetchCookie: () => Promise<KioskCookie | undefined>;
  /** Puts the cookie into the browser; false when there is none to put it into. */
  readonly setCookie: (cookie: KioskCookie) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the browser signed in as its seat: a fresh cookie before each visit, and a new one before it expires. */
export class KioskIdentity {
  readonly #options: KioskIdentityOptions;
  #cookie: KioskCookie | undefined;
  #renewAtMs = 0;
  #replacedMs = Number.NEGATIVE_INFINITY;
  #cancelRenewal: () => void = () => undefined;

  constructor(options: KioskIdentityOptions) {
    this.#options = options;
  }

  /** Put a cookie that is still good into the browser. Without one the page is shown all the same. */
  async prepare(): Promise<void> {
    const isStale = this.#options.clock.monotonicMs() >= this.#renewAtMs;
    if (!this.#cookie || isStale) await this.#fetch();
    else await this.#set(this.#cookie);
  }

  /**
   * The controller did not know the cookie.
   *
   * @returns whether there is a new one in the browser now, so that loading the page again makes sense
   */
  async replace(): Promise<boolean> {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - this.#replacedMs < leastBetweenReplacementsMs) return false;
    this.#replacedMs = nowMs;
    const before = this.#cookie?.value;
    await this.#fetch();
    return this.#cookie !== undefined && this.#cookie.value !== before;
  }

  stop(): void {
    this.#cancelRenewal();
  }

  async #fetch(): Promise<void> {
    const { clock, fetchCookie, log } = this.#options;
    try {
      const cookie = await fetchCookie();
      if (!cookie) return;
      this.#cookie = cookie;
      const waitMs = renewAfterMs(clock.now(), cookie.expiresAt);
      this.#renewAtMs = clock.monotonicMs() + waitMs;
      this.#renewLater(waitMs);
      await this.#set(cookie);
    } catch (error) {
      log.warn('The kiosk could not sign in as its seat', { error: toError(error) });
      this.#renewLater(tryAgainMs);
    }
  }

  async #set(cookie: KioskCookie): Promise<void> {
    const isSet = await this.#options.setCookie(cookie).catch(() => false);
    if (!isSet) this.#options.log.debug('The browser did not take the identity');
  }

  #renewLater(afterMs: number): void {
    this.#cancelRenewal();
    this.#cancelRenewal = this.#options.clock.after(afterMs, () => void this.#fetch());
  }
}
