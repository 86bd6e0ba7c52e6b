const quietMs = 60_000;
const maxKeys = 10_000;

/** Says whether a thing may be logged: once a minute for each key, so that a flood does not fill the log too. */
export class QuietLog {
  readonly #quietUntilMs = new Map<string, number>();

  /** @returns whether it is time to log what `key` names; then it is quiet for a minute */
  isDue(key: string, nowMs: number): boolean {
    if ((this.#quietUntilMs.get(key) ?? 0) > nowMs) return false;
    if (this.#quietUntilMs.size >= maxKeys) this.#quietUntilMs.clear();
    this.#quietUntilMs.set(key, nowMs + quietMs);
    return true;
  }
}
