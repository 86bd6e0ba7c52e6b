import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { HomeroomError } from '@homeroom/protocol';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { translateDatabaseError } from '../database-errors.ts';
import type { Prepared, Queryable } from '../queryable.ts';

const connectTimeoutMs = 10_000;
/** A server that says nothing for so long is gone; a large index may take minutes to be made. */
const silenceTimeoutMs = 15 * 60_000;

/** How values stand in the text of COPY, whatever the server and the role are set to. */
const settings = `
set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1;
set bytea_output = 'hex'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0;
set client_min_messages = 'warning'`;

/** One connection for a backup or a restore: plain statements and whole tables as streams. One thing at a time. */
export class CopyConnection implements Queryable, AsyncDisposable {
  readonly #client: pg.Client;
  /** Of a connection that broke between two statements. */
  #lost: Error | undefined;

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', (error) => {
      this.#lost ??= error;
    });
  }

  /** @throws database_unavailable */
  static async open(url: string): Promise<CopyConnection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'homeroom backup',
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
    });
    const connection = new CopyConnection(client);
    try {
      await client.connect();
      await client.query(settings);
      return connection;
    } catch (caught) {
      await connection[Symbol.asyncDispose]();
      throw translateDatabaseError(caught);
    }
  }

  async query<Row>(sql: string | Prepared, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      const text = typeof sql === 'string' ? sql : sql.text;
      // Not for the whole connection: a COPY would leave its timer behind, and the process with it.
      const query = { text, query_timeout: silenceTimeoutMs };
      // With values it is one statement; without, it may be a file of many.
      const result = await this.#client.query(values.length > 0 ? { ...query, values: [...values] } : query);
      return result.rows;
    } catch (caught) {
      throw translateDatabaseError(caught);
    }
  }

  /** @returns what a `COPY … TO STDOUT` gives @throws database_unavailable when the server falls silent */
  async *copyOut(sql: string): AsyncGenerator<Buffer> {
    this.#requireConnection();
    const stream = this.#client.query(to(sql));
    const silence = setTimeout(() => stream.destroy(new Error('the database fell silent')), silenceTimeoutMs);
    try {
      for await (const chunk of stream) {
        silence.refresh();
        yield chunk;
      }
    } catch (caught) {
      throw translateDatabaseError(caught);
    } finally {
      clearTimeout(silence);
    }
  }

  /** @returns where the rows of a `COPY … FROM STDIN` go; `finish` says how many they were */
  copyIn(sql: string): { readonly stream: Writable; finish(): Promise<number> } {
    this.#requireConnection();
    const stream = this.#client.query(from(sql));
    return {
      stream,
      finish: async () => {
        stream.end();
        try {
          await once(stream, 'finish', { signal: AbortSignal.timeout(silenceTimeoutMs) });
        } catch (caught) {
          throw translateDatabaseError(caught);
        }
        return stream.rowCount;
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What broke it was told by the statement that it broke.
    await this.#client.end().catch(() => undefined);
  }

  #requireConnection(): void {
    if (this.#lost) throw new HomeroomError('database_unavailable', undefined, { cause: this.#lost });
  }
}
