/** How one relay channel is wired to a GPIO line. */
export interface RelayWiring {
  /** What people call it, `Lamp`. */
  readonly name: string;
  /** The line's number on its chip: the BCM number on a Raspberry Pi, 17 for `GPIO17`. */
  readonly line: number;
  /** The relay closes when the line is low, as with most opto-isolated relay boards. */
  readonly activeLow: boolean;
}
