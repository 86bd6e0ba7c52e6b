import pg from 'pg';
import { translateDatabaseError } from '../database-errors.ts';

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 30_000;
const duplicateDatabase = '42P04';

/**
 * Make a database if it is missing.
 *
 * @param url of any other database of the server
 * @param name a plain word: it cannot be a parameter
 */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: answerTimeoutMs,
  });
  // A connection that is lost between two statements tells by an event; the next statement throws.
  client.on('error', ignoreBrokenConnection);
  try {
    await client.connect();
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    if (rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (caught) {
    if (!(caught instanceof pg.DatabaseError) || caught.code !== duplicateDatabase) {
      throw translateDatabaseError(caught);
    }
  } finally {
    await client.end().catch(ignoreBrokenConnection);
  }
}

function ignoreBrokenConnection(): void {
  // What broke it has been thrown already.
}
