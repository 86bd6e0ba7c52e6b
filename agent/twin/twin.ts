import { type Desired, errorCodeOf, HomeroomError, type Reported, toError } from '@homeroom/protocol/wire';
import { type BackoffRule, backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { Kiosk } from '../kiosk/kiosk-port.ts';
import type { Log } from '../log.ts';
import type { DesiredFile } from './desired-file.ts';
import { type Applied, plan, type Step } from './plan.ts';

/** The screen as the board offers it. */
export interface Screen {
  set(power: 'on' | 'off', signal?: AbortSignal): Promise<void>;
  read(): Promise<'on' | 'off' | 'unknown'>;
}

/** The sound as the board offers it. */
export interface Audio {
  setMuted(muted: boolean, signal?: AbortSignal): Promise<void>;
  readMuted(): Promise<boolean | null>;
}

export interface TwinOptions {
  readonly kiosk: Pick<Kiosk, 'show' | 'status' | 'onStatus'>;
  /** Undefined when the board has no way to switch it. */
  readonly screen: Screen | undefined;
  /** Undefined when the board has no sound that can be switched. */
  readonly audio: Audio | undefined;
  /** @returns the absolute address of a path of the controller, undefined while that is not known */
  readonly resolveUrl: (url: string) => string | undefined;
  readonly file: Pick<DesiredFile, 'read' | 'write'>;
  readonly publish: (reported: Reported) => void;
  readonly onDiskFault: (error: Error) => void;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly log: Log;
}

type Fault = NonNullable<Reported['screen']['error']>;

const retry: BackoffRule = { firstMs: 2_000, maxMs: 60_000 };
const stepTimeoutMs = 30_000;

/**
 * Follows the desired document. Rules:
 * - one pass runs at a time; a document that comes meanwhile asks for another pass;
 * - a pass re-plans from what is applied and does each step once; a failed step is told in `reported` and
 *   tried again with back-off;
 * - `reported.revision` is the newest document that was taken up, also when a step of it failed.
 */
export class Twin {
  readonly #options: TwinOptions;
  readonly #stopping = new AbortController();
  #desired: Desired | undefined;
  #applied: Applied = { url: undefined, screenPower: undefined, isMuted: undefined, isPageHeld: true };
  #kioskFault: Fault | undefined;
  #screenFault: Fault | undefined;
  #audioFault: Fault | undefined;
  #isMutedSeen: boolean | null = null;
  #screenSeen: Reported['screen']['power'] = 'unknown';
  #failures = 0;
  #isStale = false;
  #pass: Promise<void> | undefined;
  /** Settles when the last document is on disk. Never rejects. */
  #kept: Promise<void> = Promise.resolve();
  #cancelRetry: (() => void) | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: TwinOptions) {
    this.#options = options;
  }

  get desired(): Desired | undefined {
    return this.#desired;
  }

  /**
   * @param options.useLast take up the document of the last run, so that the screen is right before the
   *   controller answers; not when it may be another device's
   */
  async start({ useLast }: { useLast: boolean }): Promise<void> {
    this.#unsubscribe = this.#options.kiosk.onStatus(() => this.#publish());
    await Promise.all([this.#lookAtAudio(), this.lookAtScreen()]);
    if (this.#screenSeen !== 'unknown') this.#applied = { ...this.#applied, screenPower: this.#screenSeen };
    const last = useLast ? await this.#options.file.read() : undefined;
    if (last && !this.#desired) this.#take(last);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#unsubscribe?.();
    this.#cancelRetry?.();
    await Promise.all([this.#pass, this.#kept]);
  }

  /** A document came from the controller; the broker repeats it on each connection. */
  async follow(desired: Desired): Promise<void> {
    const isNew = JSON.stringify(desired) !== JSON.stringify(this.#desired);
    this.#take(desired);
    if (!isNew) return;
    // One after the other, so that the last document is the one that stays.
    this.#kept = this.#kept.then(() => this.#keep(desired));
    await this.#kept;
  }

  /** A page of the agent's own takes the screen. So it is at the start. */
  holdPage(): void {
    this.#applied = { ...this.#applied, url: undefined, isPageHeld: true };
  }

  /** The screen is the controller's page's again. */
  releasePage(): void {
    if (!this.#applied.isPageHeld) return;
    this.#applied = { ...this.#applied, isPageHeld: false };
    this.#look();
  }

  /** Read how the screen is, because somebody may have used its own remote control, and report it. */
  async lookAtScreen(): Promise<void> {
    const { screen, log } = this.#options;
    try {
      this.#screenSeen = (await screen?.read()) ?? 'unknown';
    } catch (caught) {
      this.#screenSeen = 'unknown';
      log.debug('screen does not tell its power', { error: toError(caught) });
    }
    this.#publish();
  }

  async #lookAtAudio(): Promise<void> {
    this.#isMutedSeen = (await this.#options.audio?.readMuted()) ?? null;
  }

  async #keep(desired: Desired): Promise<void> {
    try {
      await this.#options.file.write(desired);
    } catch (caught) {
      this.#options.onDiskFault(toError(caught));
    }
  }

  #take(desired: Desired): void {
    this.#desired = desired;
    this.#failures = 0;
    this.#look();
  }

  #look(): void {
    this.#isStale = true;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    this.#pass ??= this.#runPasses();
  }

  async #runPasses(): Promise<void> {
    while (this.#isStale && !this.#stopping.signal.aborted) {
      this.#isStale = false;
      await this.#runPass();
    }
    this.#pass = undefined;
  }

  async #runPass(): Promise<void> {
    const desired = this.#desired;
    if (!desired) return;
    let hasFailed = false;
    for (const step of plan(desired, this.#applied)) {
      if (this.#isStale || this.#stopping.signal.aborted) return;
      const fault = await this.#execute(step);
      if (fault) hasFailed = true;
    }
    await Promise.all([this.#lookAtAudio(), this.lookAtScreen()]);
    if (!hasFailed) return;
    this.#failures += 1;
    const waitMs = backoffMs(retry, this.#failures, this.#options.chance());
    this.#cancelRetry = this.#options.clock.after(waitMs, () => this.#look());
  }

  async #execute(step: Step): Promise<Fault | undefined> {
    if (step.kind === 'show-page') {
      this.#kioskFault = await this.#attempt(step, () => this.#show(step.url));
      return this.#kioskFault;
    }
    if (step.kind === 'mute') {
      this.#audioFault = await this.#attempt(step, () => this.#mute(step.muted));
      return this.#audioFault;
    }
    this.#screenFault = await this.#attempt(step, () => this.#switchScreen(step.power));
    return this.#screenFault;
  }

  async #show(url: string): Promise<void> {
    // Should this fail, then no page counts as shown: going back to the one before must take the fault back.
    this.#applied = { ...this.#applied, url: undefined };
    const resolved = this.#options.resolveUrl(url);
    if (resolved === undefined) throw new HomeroomError('controller_not_found');
    await this.#options.kiosk.show(resolved);
    // Held meanwhile: then this page is not what stands there now.
    if (!this.#applied.isPageHeld) this.#applied = { ...this.#applied, url };
  }

  async #switchScreen(power: 'on' | 'off'): Promise<void> {
    const { screen } = this.#options;
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(stepTimeoutMs)]);
    await screen?.set(power, signal);
    this.#applied = { ...this.#applied, screenPower: power };
  }

  async #mute(muted: boolean): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(stepTimeoutMs)]);
    await this.#options.audio?.setMuted(muted, signal);
    this.#applied = { ...this.#applied, isMuted: muted };
  }

  async #attempt(step: Step, run: () => Promise<void>): Promise<Fault | undefined> {
    try {
      await run();
      return undefined;
    } catch (caught) {
      const error = toError(caught);
      this.#options.log.warn('step failed', { step: step.kind, error });
      const message = error instanceof HomeroomError ? error.detail : error.message;
      return { code: errorCodeOf(error), message: message.slice(0, 200) };
    }
  }

  #publish(): void {
    const desired = this.#desired;
    if (!desired) return;
    const { audio, kiosk } = this.#options;
    this.#options.publish({
      revision: desired.revision,
      kiosk: { ...kiosk.status, ...(this.#kioskFault && { error: this.#kioskFault }) },
      screen: {
        power: this.#screenSeen,
        ...(this.#screenFault && { error: this.#screenFault }),
      },
      lock: desired.lock,
      ...(audio && {
        audio: { muted: this.#isMutedSeen, ...(this.#audioFault && { error: this.#audioFault }) },
      }),
    });
  }
}
