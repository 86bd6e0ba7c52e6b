import type { DeviceState } from '@homeroom/protocol';
import type { FleetMessage, Messaging } from './ports.ts';
import type { Presence } from './presence.ts';

export interface PresenceWatchOptions {
  readonly presence: Presence;
  readonly messaging: Pick<Messaging, 'onMessage' | 'deviceLeft'>;
  readonly nowMs: () => number;
}

/**
 * Knows who is there in a process that leaves the devices to another one: what they say is kept by that one alone.
 */
export class PresenceWatch {
  readonly #options: PresenceWatchOptions;
  #leave: (() => void) | undefined;

  constructor(options: PresenceWatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#leave ??= this.#options.messaging.onMessage((message) => this.#hear(message));
  }

  stop(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  #hear({ parsed, value, isReplay }: FleetMessage): void {
    if (parsed.kind !== 'device' || parsed.leaf !== 'state') return;
    const { presence, messaging, nowMs } = this.#options;
    const state = value as DeviceState;
    const isNews = presence.accept(parsed.device, state, { isReplay, nowMs: nowMs() });
    if (isNews && state.state !== 'ready') messaging.deviceLeft(parsed.device);
  }
}
