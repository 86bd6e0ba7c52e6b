/** How `homeroom` ends; scripts rely on these. */
export const exitCodes = {
  succeeded: 0,
  /** The controller refused, or a command failed; the message says why. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** No controller answers. */
  unreachable: 3,
  /** The configuration is wrong: EX_CONFIG of sysexits.h, as service managers know it. */
  configuration: 78,
} as const;
