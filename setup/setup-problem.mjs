/**
 * Something that set-up cannot mend by itself. The message is for the person at the terminal:
 * what is wrong, then the one thing to do.
 */
export class SetupProblem extends Error {
  /** @override */
  name = 'SetupProblem';
}
