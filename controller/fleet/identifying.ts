/** Devices that were asked to show themselves, for so many seconds; the kiosk page tells it in large letters. */
export class Identifying {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #onChange: (device: string) => void;

  /** @param onChange told when a device begins, and when it ends */
  constructor(onChange: (device: string) => void) {
    this.#onChange = onChange;
  }

  begin(device: string, seconds: number): void {
    clearTimeout(this.#timers.get(device));
    const end = () => {
      this.#timers.delete(device);
      this.#onChange(device);
    };
    this.#timers.set(device, setTimeout(end, seconds * 1000).unref());
    this.#onChange(device);
  }

  has(device: string): boolean {
    return this.#timers.has(device);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
