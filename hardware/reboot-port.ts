/** Restarts the machine. */
export interface RebootPort {
  /**
   * Ask for an orderly restart.
   *
   * @returns when the machine has taken the request; it goes down soon after
   * @throws hardware_failed when it refused
   */
  reboot(): Promise<void>;
}
