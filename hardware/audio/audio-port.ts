/** The machine's sound. */
export interface AudioPort {
  /**
   * Silence the machine, or let it sound again. Repeating it changes nothing; the volume stays as it was.
   *
   * @throws hardware_failed when no sound system took it
   */
  setMuted(muted: boolean, signal?: AbortSignal): Promise<void>;
  /** @returns whether it is silent; null when no sound system tells */
  readMuted(): Promise<boolean | null>;
}
