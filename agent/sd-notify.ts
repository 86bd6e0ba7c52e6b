import { execFile } from 'node:child_process';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/** What systemd gives a service of `Type=notify` in its environment. */
export interface NotifyEnvironment {
  readonly socket: string | undefined;
  readonly watchdogUsec: string | undefined;
}

export interface SdNotifyOptions {
  readonly environment: NotifyEnvironment;
  readonly clock: Clock;
  readonly log: Log;
}

const notifyTimeoutMs = 5_000;

/**
 * Tells systemd how the service is. Without systemd (no `NOTIFY_SOCKET`) it does nothing.
 *
 * Node has no datagram sockets of the Unix family, and systemd takes nothing else, so a short child
 * (`systemd-notify`) sends each word. The unit needs `NotifyAccess=all` for that.
 */
export class SdNotify {
  readonly #options: SdNotifyOptions;
  #cancel: (() => void) | undefined;

  constructor(options: SdNotifyOptions) {
    this.#options = options;
  }

  /** The service is up; from now on the watchdog is fed at half its time. */
  ready(): void {
    this.#send('READY=1');
    const watchdogMs = Number(this.#options.environment.watchdogUsec ?? 0) / 1_000;
    if (watchdogMs > 0) this.#feed(watchdogMs / 2);
  }

  /** One line for `systemctl status`. */
  status(text: string): void {
    this.#send(`STATUS=${text.replaceAll('\n', ' ')}`);
  }

  stopping(): void {
    this.#cancel?.();
    this.#send('STOPPING=1');
  }

  #feed(everyMs: number): void {
    this.#cancel = this.#options.clock.after(everyMs, () => {
      this.#send('WATCHDOG=1');
      this.#feed(everyMs);
    });
  }

  #send(word: string): void {
    const { environment, log } = this.#options;
    if (environment.socket === undefined) return;
    const env = { NOTIFY_SOCKET: environment.socket, PATH: '/usr/bin:/bin' };
    execFile('systemd-notify', [word], { env, timeout: notifyTimeoutMs }, (error) => {
      if (error) log.warn('systemd was not told', { word, error });
    });
  }
}
