import { HomeroomError, toError } from '@homeroom/protocol';
import pg from 'pg';

/** SQLSTATEs that mean "ask again later": the server is starting, stopping, full, or gave up waiting. */
const unavailableStates: ReadonlySet<string> = new Set([
  '53300', // too_many_connections
  '55P03', // lock_not_available
  '57014', // query_canceled: the statement timeout
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]);

/** SQLSTATEs by which two transactions collided and one was rolled back. */
const conflictStates: ReadonlySet<string> = new Set(['40001', '40P01']);

/**
 * Give an error of `pg` its code of the catalogue.
 *
 * @param caught what a query or a connection attempt threw
 * @returns `database_unavailable` when the database could not be asked, `disk_full`, `conflict`;
 *   the error itself when the statement is to blame (a constraint, a mistake in the SQL)
 */
export function translateDatabaseError(caught: unknown): Error {
  if (caught instanceof HomeroomError) return caught;
  const error = toError(caught);
  if (error instanceof pg.DatabaseError) return translateState(error);
  // A value that cannot be sent is a mistake of ours; every other error came from the connection.
  if (error instanceof TypeError || error instanceof RangeError) return error;
  return new HomeroomError('database_unavailable', undefined, { cause: error });
}

/** @returns whether a translated error says that the database could not be asked */
export function isOutage(error: Error): boolean {
  return error instanceof HomeroomError && error.code === 'database_unavailable';
}

/** @returns whether nothing was heard of the server at all; one that gives a reason is there */
export function isSilence(error: unknown): boolean {
  return error instanceof HomeroomError && isOutage(error) && !(error.cause instanceof pg.DatabaseError);
}

function translateState(error: pg.DatabaseError): Error {
  const state = error.code ?? '';
  if (state === '53100') return new HomeroomError('disk_full', undefined, { cause: error });
  if (conflictStates.has(state)) return new HomeroomError('conflict', undefined, { cause: error });
  if (unavailableStates.has(state) || state.startsWith('08') || state.startsWith('28')) {
    return new HomeroomError('database_unavailable', undefined, { cause: error });
  }
  return error;
}

/** A constraint that a statement broke; the names are those of the migrations. */
export interface Violation {
  readonly kind: 'unique' | 'foreign-key' | 'check' | 'not-null';
  readonly constraint: string;
}

const violationKinds: Readonly<Record<string, Violation['kind']>> = {
  '23502': 'not-null',
  '23503': 'foreign-key',
  '23505': 'unique',
  '23514': 'check',
};

/** @returns the constraint that made a statement fail, or undefined when something else did. */
export function violationOf(caught: unknown): Violation | undefined {
  if (!(caught instanceof pg.DatabaseError)) return undefined;
  const kind = violationKinds[caught.code ?? ''];
  return kind && { kind, constraint: caught.constraint ?? '' };
}

/**
 * Whether the server answered and does not let us in: the user, the password or the database is wrong, which no
 * waiting mends.
 *
 * @returns the server's words; undefined for any other fault
 */
export function refusalToConnect(caught: unknown): string | undefined {
  const error = caught instanceof HomeroomError ? caught.cause : caught;
  if (!(error instanceof pg.DatabaseError)) return undefined;
  const state = error.code ?? '';
  // 28: invalid authorization; 3D000: no such database.
  return state.startsWith('28') || state === '3D000' ? error.message : undefined;
}
