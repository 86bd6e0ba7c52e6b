/**
 * The one door to PostgreSQL. Rules:
 * - a query that could not reach the database throws `database_unavailable`; nothing waits longer than
 *   the limits below, and the pool is whole again by itself when the server is back;
 * - a statement that the database refused throws pg's own error (see `violationOf`);
 * - `bigint` comes back as a number (ours stay below 2^53), `timestamptz` as a Date.
 */

import { toError } from '@homeroom/protocol';
import pg from 'pg';
import type { Logger } from 'pino';
import { isOutage, isSilence, translateDatabaseError } from './database-errors.ts';
import type { QueryLimit } from './query-limit.ts';
import type { Prepared, Queryable } from './queryable.ts';
import { Turns } from './turns.ts';
import { WorkUnit, WorkUnits } from './work-units.ts';

export type { Prepared, Queryable };

export interface Database extends Queryable {
  /**
   * Run statements as one: all of them or none. `run` must not be kept waiting by anything but `tx`.
   *
   * @throws what `run` throws, after the roll-back
   */
  transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Have everything that `work` asks of this database, however deep, stand or fall as one transaction; see
   * `work-units.ts`. Inside such work it is part of the whole.
   *
   * @throws what `work` throws, after the roll-back
   */
  together<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Whether whoever asks is inside such work: what they send must not be mixed with what others ask for. */
  readonly isTogether: boolean;
  /** Run something after the commit of the work that asks; at once where statements stand by themselves. */
  afterCommit(run: () => void): void;
  /** @throws database_unavailable when the database does not answer */
  ping(): Promise<void>;
  /** Close every connection, after the statements that run. */
  stop(): Promise<void>;
}

/** How many connections do what. */
export interface ConnectionCounts {
  readonly busy: number;
  readonly idle: number;
  readonly limit: number;
  /** Statements that wait for a connection. */
  readonly waiting: number;
}

/** A database with connections of its own. */
export interface ConnectedDatabase extends Database {
  connections(): ConnectionCounts;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** Shortens the wait for a silent server in some work. */
  readonly queryLimit?: QueryLimit;
  readonly logger: Logger;
}

const connectTimeoutMs = 3_000;
const statementTimeoutMs = 15_000;
/** Longer than the server's own limit: it catches a server that has stopped talking. */
const silenceTimeoutMs = 20_000;

/**
 * Open a bounded set of connections. The first is tried at once.
 *
 * @throws database_unavailable when there is no answer
 */
export async function openDatabase(options: DatabaseOptions): Promise<ConnectedDatabase> {
  const turns = new Turns({ atOnce: options.maxConnections, patienceMs: silenceTimeoutMs });
  const database = new PostgresDatabase({ pool: createPool(options), turns, limit: options.queryLimit });
  try {
    await database.ping();
  } catch (caught) {
    await database.stop();
    throw caught;
  }
  return database;
}

function createPool({ url, maxConnections, logger }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'homeroom',
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: { getTypeParser },
  });
  // Without a listener, the end of an idle connection would end the process.
  // Not the error itself: pg hangs the whole client on it, with the key by which its statements are cancelled.
  pool.on('error', ({ message }) => logger.warn({ reason: message }, 'an idle database connection was lost'));
  return pool;
}

const int8Oid = 20;
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === int8Oid ? Number : pg.types.getTypeParser(oid, format ?? 'text');

class PostgresDatabase implements ConnectedDatabase {
  readonly #pool: pg.Pool;
  /** As many as the pool has connections: in the pool's own line the time to connect runs out. */
  readonly #turns: Turns;
  readonly #limit: QueryLimit | undefined;
  readonly #units = new WorkUnits();

  constructor({ pool, turns, limit }: { pool: pg.Pool; turns: Turns; limit: QueryLimit | undefined }) {
    this.#pool = pool;
    this.#turns = turns;
    this.#limit = limit;
  }

  query<Row>(sql: string | Prepared, values: readonly unknown[] = []): Promise<Row[]> {
    const unit = this.#units.current;
    return unit ? unit.query<Row>(sql, values) : this.#inTurn(() => this.#run<Row>(this.#pool, sql, values));
  }

  transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T> {
    const unit = this.#units.current;
    return unit ? unit.group(run) : this.#transaction(run);
  }

  async together<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const outer = this.#units.current;
    if (outer) return await work(outer);
    const { result, unit } = await this.#transaction(async (tx) => {
      const made = new WorkUnit(tx);
      return { result: await this.#units.within(made, () => work(made)), unit: made };
    });
    unit.tellAfterwards();
    return result;
  }

  get isTogether(): boolean {
    return this.#units.current !== undefined;
  }

  afterCommit(run: () => void): void {
    const unit = this.#units.current;
    if (unit) unit.afterwards(run);
    else run();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.#turns.begin(this.#limit?.timeoutMs);
    try {
      return await work();
    } catch (caught) {
      if (isSilence(caught)) this.#turns.refuseAll(toError(caught));
      throw caught;
    } finally {
      this.#turns.end();
    }
  }

  #transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#transact(run));
  }

  async #transact<T>(run: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    // A connection that is lost between two statements tells by an event; the next statement throws.
    client.on('error', ignoreLostConnection);
    try {
      await this.#run(client, 'begin', []);
      const result = await run({ query: (sql, values = []) => this.#run(client, sql, values) });
      await this.#run(client, 'commit', []);
      release(client, false);
      return result;
    } catch (caught) {
      // What a statement threw has its code already; what else `run` throws is none of the database's.
      const error = toError(caught);
      // A server that is away would not answer to the roll-back either; it rolls back when the connection ends.
      release(client, isOutage(error) || !(await canRollBack(client)));
      throw error;
    }
  }

  connections(): ConnectionCounts {
    const { totalCount, idleCount, waitingCount, options } = this.#pool;
    return { busy: totalCount - idleCount, idle: idleCount, limit: options.max, waiting: waitingCount };
  }

  async ping(): Promise<void> {
    await this.query('select 1');
  }

  async stop(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (caught) {
      throw translateDatabaseError(caught);
    }
  }

  async #run<Row>(
    client: pg.Pool | pg.PoolClient,
    sql: string | Prepared,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const statement = typeof sql === 'string' ? { text: sql } : { name: sql.name, text: sql.text };
    // Undefined leaves it at the pool's own; pg reads it of each query, though its types do not tell.
    const query = { ...statement, values: [...values], query_timeout: this.#limit?.timeoutMs };
    try {
      const result = await client.query(query);
      return result.rows;
    } catch (caught) {
      throw translateDatabaseError(caught);
    }
  }
}

function ignoreLostConnection(): void {
  // The statement that runs next, or runs now, throws the same fault.
}

function release(client: pg.PoolClient, isBroken: boolean): void {
  client.off('error', ignoreLostConnection);
  client.release(isBroken);
}

async function canRollBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The caller gets the fault that led here; this connection is thrown away.
    return false;
  }
}
