import type { Clock } from '../clock.ts';

export interface Snapshot {
  readonly base64: string;
  readonly takenAt: Date;
}

const shareForMs = 1_000;

/** Takes at most one picture a second; whoever asks within it gets that one, also while it is being taken. */
export class Snapshots {
  readonly #clock: Clock;
  #last: { readonly picture: Promise<Snapshot>; readonly askedMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param take makes the base64 of a picture; a failed one is not kept */
  get(take: () => Promise<string>): Promise<Snapshot> {
    const nowMs = this.#clock.monotonicMs();
    if (this.#last && nowMs - this.#last.askedMs < shareForMs) return this.#last.picture;
    const picture = take().then((base64) => ({ base64, takenAt: this.#clock.now() }));
    const taken = { picture, askedMs: nowMs };
    this.#last = taken;
    picture.catch(() => {
      if (this.#last === taken) this.#last = undefined;
    });
    return picture;
  }
}
