/**
 * A desktop whose provider, or host, says that it is not well, or has not been reached for longer than passes by
 * itself, is not given back to its user: a fresh one is. Pure.
 */

/** An agent that is updated, or a broker that starts again, is back within this time. */
export const unhealthyGraceS = 90;

export interface HealthFacts {
  readonly unhealthy_at: Date | null;
  readonly desktop_error: string | null;
  /** For longer than the grace, by the database's clock. */
  readonly is_unhealthy: boolean;
}

/** @returns what is wrong with a session's desktop, as a sentence; null while nothing is, or it may pass */
export function troubleOf({ is_unhealthy, desktop_error }: HealthFacts): string | null {
  if (!is_unhealthy) return null;
  return desktop_error === null
    ? 'The machine that runs this desktop does not answer.'
    : `The desktop does not answer: ${desktop_error}`;
}

/** @returns why a session was ended whose desktop was not given back */
export function notGivenBackReason(trouble: string): string {
  return `${trouble} Files in the home folder are kept; choose a fresh desktop.`;
}
