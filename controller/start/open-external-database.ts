import { errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';
import { type ConnectedDatabase, type DatabaseOptions, openDatabase } from '../store/database.ts';
import { refusalToConnect } from '../store/database-errors.ts';
import { waitForDatabase } from '../store/wait-for-database.ts';

const setting = 'HOMEROOM_DATABASE_URL (databaseUrl)';

/**
 * Open the database of HOMEROOM_DATABASE_URL. It may start after us, so it is waited for.
 *
 * @param signal ends the wait, with a timeout
 * @throws config_invalid when it does not let us in, database_unavailable when it did not answer in time; both with
 *   its words
 */
export async function openExternalDatabase(
  options: DatabaseOptions,
  signal: AbortSignal,
): Promise<ConnectedDatabase> {
  const open = async () => {
    try {
      return await openDatabase(options);
    } catch (caught) {
      throw told(caught, options);
    }
  };
  return waitForDatabase(open, signal);
}

function told(caught: unknown, { logger }: DatabaseOptions): Error {
  const cause = toError(caught);
  const refusal = refusalToConnect(caught);
  if (refusal !== undefined) return new HomeroomError('config_invalid', `${setting}: ${refusal}`, { cause });
  if (errorCodeOf(caught) !== 'database_unavailable') return cause;
  const reason = wordsOf(cause.cause ?? cause);
  logger.warn({ reason }, 'the database does not answer yet');
  return new HomeroomError('database_unavailable', `${setting}: ${reason}`, { cause });
}

/** A host with several addresses fails with an error for each, and no words of its own. */
function wordsOf(caught: unknown): string {
  if (caught instanceof AggregateError) return caught.errors.map((one) => toError(one).message).join('; ');
  return toError(caught).message;
}
