/** Switches whatever screen the machine shows its picture on. */
export interface ScreenPowerPort {
  /**
   * Switch the screen. Repeating it does no harm.
   *
   * @returns when the screen has taken it
   * @throws hardware_failed when it did not, with the driver's own words
   */
  set(power: 'on' | 'off', signal?: AbortSignal): Promise<void>;
  /** @returns how the screen is; `unknown` where it does not tell. */
  read(): Promise<'on' | 'off' | 'unknown'>;
}
