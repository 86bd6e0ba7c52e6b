/** Switches the machine off. */
export interface ShutdownPort {
  /**
   * Ask for an orderly end: every program is told, what is unwritten is written, and the machine switches itself off.
   *
   * @returns when the machine has taken the request; it goes down soon after
   * @throws hardware_failed when it refused
   */
  shutdown(): Promise<void>;
  /**
   * @returns how many MiB wait to be written to its disks; null where the machine does not tell. A machine
   *   that writes much is better not switched off yet: its end would take long.
   */
  unwrittenMiB(): Promise<number | null>;
}
