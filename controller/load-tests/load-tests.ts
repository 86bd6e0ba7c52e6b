/**
 * Load tests: users who do not exist, signed in, and a template of the simulated provider. One at a time; what a test
 * made is removed when it ends, and when the next one begins, should nobody have ended it.
 */
import {
  type CreateLoadTestRequest,
  HomeroomError,
  type LoadTest,
  type StartedLoadTest,
} from '@homeroom/protocol';
import { type Actor, systemActor } from '../store/actor.ts';
import { record } from '../store/audit.ts';
import type { Changes } from '../store/changes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { violationOf } from '../store/database-errors.ts';
import { isUuid } from '../store/uuid.ts';
import { lendTemplate } from './lend-template.ts';
import { removeLoadTest } from './remove-load-test.ts';
import { signInTestUsers } from './sign-in-test-users.ts';

/** A test that lasts longer has lost whoever began it: its users' sign-ins have expired. */
const forgottenAfter = '1 hour';

/** Everybody who begins one waits here, so that there is never more than one. */
const lockSql = `select pg_advisory_xact_lock(hashtext('homeroom.load-tests'))`;
const othersSql = `select id, created_at < now() - interval '${forgottenAfter}' as "isForgotten" from load_tests`;
const createSql = `insert into load_tests (template_id, has_own_template) values ($1, $2) returning id`;

const readSql = `
select l.id, l.template_id as template,
  (select count(*) from desktops d where d.template_id = l.template_id and d.state = 'ready') as ready
from load_tests l where l.id = $1`;

const sessionsSql = `
select s.id, s.user_id as user, s.state, s.desktop_id as desktop, s.created_at as "createdAt", s.assigned_at as "assignedAt"
from sessions s join users u on u.id = s.user_id where u.load_test_id = $1`;

/** A removal that met a claim of one of its users, or somebody who seals the audit log, is undone, and comes again. */
const maxRemovals = 5;

interface SessionRow {
  readonly id: string;
  readonly user: string;
  readonly state: LoadTest['sessions'][number]['state'];
  readonly desktop: string | null;
  readonly createdAt: Date;
  readonly assignedAt: Date | null;
}

export class LoadTests {
  readonly #db: Database;
  readonly #changes: Changes;

  constructor({ db, changes }: { db: Database; changes: Changes }) {
    this.#db = db;
    this.#changes = changes;
  }

  /**
   * Make and sign in the users, and lay out a pool with a desktop for each where no template is given.
   *
   * @throws conflict while another test runs; template_unknown; request_invalid when its provider is not `simulated`
   */
  async begin(request: CreateLoadTestRequest, actor: Actor): Promise<StartedLoadTest> {
    await this.#endForgotten();
    const started = await this.#db.transaction(async (tx) => {
      await tx.query(lockSql);
      if ((await tx.query(othersSql)).length > 0) {
        throw new HomeroomError('conflict', 'another load test runs; it ends within an hour');
      }
      const { template, isOwn } = await lendTemplate(tx, request);
      const [made] = await tx.query<{ id: string }>(createSql, [template, isOwn]);
      if (!made) throw new HomeroomError('internal', 'the new load test was not returned');
      const users = await signInTestUsers(tx, { loadTestId: made.id, count: request.users });
      await recordOf(tx, actor, 'load-test.begin', made.id, { users: request.users, template });
      return { id: made.id, template, ready: 0, sessions: [], users };
    });
    this.#announceTemplate(started.template);
    return started;
  }

  /** @returns how far it is, or undefined when there is none with this id */
  async get(id: string): Promise<LoadTest | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await this.#db.query<Omit<LoadTest, 'sessions'>>(readSql, [id]);
    if (!row) return undefined;
    const sessions = await this.#db.query<SessionRow>(sessionsSql, [id]);
    return { ...row, sessions: sessions.map(toSession) };
  }

  /** End the users' sessions and remove everything that the test made. @throws not_found, conflict */
  async end(id: string, actor: Actor): Promise<void> {
    if (!isUuid(id)) throw new HomeroomError('not_found');
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#remove(id, actor);
        return;
      } catch (caught) {
        if (!hasCollided(caught)) throw caught;
        if (tries === maxRemovals)
          throw new HomeroomError('conflict', 'its users are still busy', { cause: caught });
      }
    }
  }

  async #remove(id: string, actor: Actor): Promise<void> {
    const removed = await this.#db.transaction(async (tx) => {
      const removed = await removeLoadTest(tx, id);
      if (removed) await recordOf(tx, actor, 'load-test.end', id, { sessions: removed.sessions });
      return removed;
    });
    if (!removed) throw new HomeroomError('not_found');
    // One of them is enough to wake whoever removes desktops.
    for (const desktop of removed.desktops.slice(0, 1))
      this.#changes.announce({ kind: 'desktop', id: desktop });
    this.#announceTemplate(removed.template);
  }

  async #endForgotten(): Promise<void> {
    const others = await this.#db.query<{ id: string; isForgotten: boolean }>(othersSql);
    for (const { id, isForgotten } of others) if (isForgotten) await this.end(id, systemActor);
  }

  #announceTemplate(id: string): void {
    this.#changes.announce({ kind: 'template', id });
    this.#changes.announce({ kind: 'pool', id });
  }
}

/** @returns whether a user was in use meanwhile, or each of two waited for what the other held */
function hasCollided(caught: unknown): boolean {
  const isDeadlock = caught instanceof HomeroomError && caught.code === 'conflict';
  return isDeadlock || violationOf(caught)?.kind === 'foreign-key';
}

function toSession({ createdAt, assignedAt, ...row }: SessionRow): LoadTest['sessions'][number] {
  return { ...row, createdAt: createdAt.toISOString(), assignedAt: assignedAt?.toISOString() ?? null };
}

async function recordOf(
  tx: Queryable,
  { userId, username, address }: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown>,
): Promise<void> {
  await record(tx, { actor: { id: userId, username }, action, subject, details, address });
}
