import type { exitCodes } from './exit-codes.ts';

/** Something that the user of the command line can mend. */
export class CliFault extends Error {
  readonly exitCode: (typeof exitCodes)[keyof typeof exitCodes];

  constructor(exitCode: CliFault['exitCode'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
