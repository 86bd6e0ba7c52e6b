import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { AudioPort } from './audio-port.ts';

/** The first sound system that answers: a sound server may come up later than the agent, and may not be the agent's. */
export class FirstAudio implements AudioPort {
  readonly #systems: readonly AudioPort[];

  constructor(systems: readonly AudioPort[]) {
    this.#systems = systems;
  }

  async setMuted(muted: boolean, signal?: AbortSignal): Promise<void> {
    await this.#first((system) => system.setMuted(muted, signal), signal);
  }

  async readMuted(): Promise<boolean | null> {
    return this.#first((system) => system.readMuted()).catch(() => null);
  }

  async #first<T>(ask: (system: AudioPort) => Promise<T>, signal?: AbortSignal): Promise<T> {
    let last = new Error('there is no sound system');
    for (const system of this.#systems) {
      try {
        return await ask(system);
      } catch (caught) {
        signal?.throwIfAborted();
        last = toError(caught);
      }
    }
    throw new HomeroomError('hardware_failed', last instanceof HomeroomError ? last.detail : last.message, {
      cause: last,
    });
  }
}
