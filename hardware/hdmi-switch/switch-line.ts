/** A line to a switch: serial, or TCP. */
export interface SwitchLine {
  /**
   * Write, and read what comes until it is enough or nothing comes any more.
   *
   * @param isEnough is shown all that came so far
   * @returns what came until then, as Latin-1; empty from a switch that says nothing
   * @throws hardware_failed when the line cannot be used
   * @throws the signal's reason when it aborts
   */
  exchange(bytes: Buffer, isEnough: (answer: string) => boolean, signal: AbortSignal): Promise<string>;
}
