import type { RelayCommand } from '@homeroom/protocol';

/** Why a command is dropped; each is what a real board drops too. */
export type Dropped = 'retained' | 'expired' | 'repeated' | 'no-channel';

const remembered = 64;

/** Decides which commands a relay board follows. Its clock is the sender's: both are on one machine. */
export class RelayAdmission {
  readonly #channels: number;
  readonly #seen: string[] = [];

  constructor(channels: number) {
    this.#channels = channels;
  }

  /** @returns why it is dropped; undefined when it is followed, and dropped the next time */
  refusalOf(command: RelayCommand, arrival: { isRetained: boolean; nowMs: number }): Dropped | undefined {
    if (arrival.isRetained) return 'retained';
    if (arrival.nowMs - Date.parse(command.issuedAt) >= command.ttlMs) return 'expired';
    if (this.#seen.includes(command.id)) return 'repeated';
    if (command.channel >= this.#channels) return 'no-channel';
    this.#seen.push(command.id);
    if (this.#seen.length > remembered) this.#seen.shift();
    return undefined;
  }
}
