import { accounts } from './errors/accounts.ts';
import { asking } from './errors/asking.ts';
import { backups } from './errors/backups.ts';
import { classes } from './errors/classes.ts';
import { dependencies } from './errors/dependencies.ts';
import { desktops } from './errors/desktops.ts';
import { devices } from './errors/devices.ts';
import { enrolment } from './errors/enrolment.ts';
import { files } from './errors/files.ts';
import { messages } from './errors/messages.ts';
import { power } from './errors/power.ts';
import { screens } from './errors/screens.ts';
import { starting } from './errors/starting.ts';
import { streams } from './errors/streams.ts';

export type { ErrorRule } from './errors/error-rule.ts';

/**
 * Every error that Homeroom tells a person or a program, in one catalogue: one file of `errors/` for each area.
 * `docs/error-codes.md` is made from it. A code stands in one area only.
 */
export const errors = {
  ...asking,
  ...accounts,
  ...dependencies,
  ...desktops,
  ...classes,
  ...streams,
  ...devices,
  ...power,
  ...enrolment,
  ...screens,
  ...messages,
  ...files,
  ...starting,
  ...backups,
} as const;

/** The catalogue by area, in the order of its page. */
export const errorAreas = [
  { title: 'Asking', codes: asking },
  { title: 'Accounts', codes: accounts },
  { title: 'Depending on others', codes: dependencies },
  { title: 'Sessions and desktops', codes: desktops },
  { title: 'Classes', codes: classes },
  { title: 'Streams', codes: streams },
  { title: 'Devices', codes: devices },
  { title: 'Power and relays', codes: power },
  { title: 'Enrolment', codes: enrolment },
  { title: 'Kiosks and screens', codes: screens },
  { title: 'Commands and messages', codes: messages },
  { title: 'Files', codes: files },
  { title: 'Starting up', codes: starting },
  { title: 'Backups', codes: backups },
] as const;

export type ErrorCode = keyof typeof errors;

export interface HomeroomErrorOptions extends ErrorOptions {
  /** Whole seconds. */
  readonly retryAfterS?: number;
}

/**
 * An error with a code of the catalogue. `detail` says what happened this time, for a person;
 * it never holds a secret.
 */
export class HomeroomError extends Error {
  override readonly name = 'HomeroomError';
  readonly code: ErrorCode;
  readonly detail: string;
  /** When asking again may help; it leaves as the `Retry-After` header. */
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, detail: string = errors[code].title, options: HomeroomErrorOptions = {}) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
    this.retryAfterS = options.retryAfterS;
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** @returns `caught` as an Error, once, at the catch. */
export function toError(caught: unknown): Error {
  return caught instanceof Error ? caught : new Error(String(caught));
}

/** @returns the code of a HomeroomError, `internal` for anything else. */
export function errorCodeOf(caught: unknown): ErrorCode {
  return caught instanceof HomeroomError ? caught.code : 'internal';
}
