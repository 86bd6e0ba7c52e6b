/** One output line to open. */
export interface GpioLine {
  /** The line's number on the header's chip: the BCM number on a Raspberry Pi. */
  readonly line: number;
  /** Active means low. */
  readonly activeLow: boolean;
}

/** An output line that is held open. */
export interface GpioOutput {
  /**
   * Drive the line.
   *
   * @returns when the line has the level
   * @throws hardware_failed when it cannot be driven
   */
  set(active: boolean): Promise<void>;
  /** Hear once that the line was lost: its holder died. Not told after `close`. */
  onLost(listener: (reason: string) => void): void;
  /** Let the line go, inactive. May be repeated. */
  close(): Promise<void>;
}

/** A way to drive GPIO lines. */
export interface GpioDriver {
  readonly name: 'libgpiod' | 'onoff';
  /**
   * Take a line as an output, inactive from its first moment.
   *
   * @throws hardware_absent when the header's chip has no such line
   * @throws hardware_failed when the line is in use, or must not be touched
   */
  open(line: GpioLine): Promise<GpioOutput>;
}
