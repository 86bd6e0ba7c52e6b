/** One way through a switch or matrix; both are counted from 1. */
export interface HdmiRoute {
  readonly output: number;
  readonly input: number;
}

/** An HDMI switch or matrix. */
export interface HdmiSwitchPort {
  /**
   * Show an input at an output. Repeating it changes nothing that is seen; what is asked meanwhile happens afterwards,
   * in the order asked.
   *
   * @returns whether the switch itself confirmed it; most are told, and say nothing
   * @throws hardware_absent when it has no such input or output, as far as that is known here
   * @throws hardware_failed when it cannot be reached, or refuses
   * @throws the signal's reason when it aborts
   */
  route(route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }>;
}

/** The switches that a machine operates, by their names. */
export interface HdmiSwitchesPort {
  readonly names: readonly string[];
  /** As {@link HdmiSwitchPort.route}. @throws hardware_absent when there is no switch of that name, too */
  route(name: string, route: HdmiRoute, signal: AbortSignal): Promise<{ confirmed: boolean }>;
}
