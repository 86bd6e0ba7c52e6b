import type { Change } from '@homeroom/protocol';
import { HomeroomError } from '@homeroom/protocol';
import { pino } from 'pino';
import { afterEach, expect, it, vi } from 'vitest';
import type { Database, Prepared } from '../store/database.ts';
import { DesiredReconciler } from './desired-reconciler.ts';

type Row = Record<string, unknown> & { id: string; desired_revision: number };

/** One table of devices in memory, and what was published of it. */
function setUp() {
  const rows = new Map<string, Row>();
  const published: { topic: string; payload: unknown }[] = [];
  const state = { isBrokerAway: false, queries: 0, writes: 0, beforeWrite: (): void => undefined };
  const listeners = new Set<(change: Change) => void>();
  const answer = (sql: string | Prepared, values: readonly unknown[]): unknown[] => {
    state.queries += 1;
    const text = typeof sql === 'string' ? sql : sql.text;
    if (!text.includes('update devices')) return structuredClone([...rows.values()]);
    state.writes += 1;
    state.beforeWrite();
    const records: { id: string; revision: number; document: unknown }[] = JSON.parse(String(values[0]));
    return records.filter(({ id, revision, document }) => {
      const row = rows.get(id);
      if (row?.desired_revision !== revision - 1) return false;
      Object.assign(row, { desired: document, desired_revision: revision });
      return true;
    });
  };
  const reconciler = new DesiredReconciler({
    db: databaseOf(answer),
    changes: {
      announce: (change) => {
        for (const listener of listeners) listener(change);
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    publisher: {
      publish: async (topic, payload) => {
        if (state.isBrokerAway) throw new HomeroomError('broker_unavailable');
        published.push({ topic, payload });
      },
    },
    logger: pino({ level: 'silent' }),
    fullLookMs: 1e9,
  });
  const change = (change: Change) => {
    for (const listener of listeners) listener(change);
  };
  running.add(reconciler);
  return { reconciler, rows, published, state, change };
}

function databaseOf(answer: (sql: string | Prepared, values: readonly unknown[]) => unknown[]): Database {
  const unused = () => Promise.reject(new Error('not used here'));
  const query = async <T>(sql: string | Prepared, values: readonly unknown[] = []) =>
    answer(sql, values) as T[];
  return {
    query,
    transaction: unused,
    together: unused,
    isTogether: false,
    afterCommit: (run) => run(),
    ping: unused,
    stop: unused,
  };
}

const running = new Set<DesiredReconciler>();
afterEach(async () => {
  for (const reconciler of running) await reconciler.stop();
  running.clear();
});

const device = (given: Partial<Row> = {}): Row => ({
  id: 'pi-1',
  revoked_at: null,
  is_locked: false,
  message: null,
  broadcast: null,
  desired_page: null,
  desired_screen: 'on',
  desired_muted: false,
  desired: null,
  desired_revision: 0,
  session_id: null,
  session_state: null,
  ...given,
});
const document = (revision: number, given = {}) => ({
  topic: 'homeroom/v1/pi-1/desired',
  payload: {
    revision,
    kiosk: { url: '/kiosk/pi-1' },
    screen: { power: 'on' },
    lock: false,
    audio: { muted: false },
    ...given,
  },
});

it('writes and publishes the first document of a device', async () => {
  const { reconciler, rows, published } = setUp();
  rows.set('pi-1', device());
  reconciler.start();
  await vi.waitFor(() => expect(published).toEqual([document(1)]));
  expect(rows.get('pi-1')?.desired_revision).toBe(1);
});

it('publishes what stands already, with the revision that it has', async () => {
  const { reconciler, rows, published } = setUp();
  rows.set('pi-1', device({ desired: document(7).payload, desired_revision: 7 }));
  reconciler.start();
  await vi.waitFor(() => expect(published).toEqual([document(7)]));
});

it('publishes nothing again that has not changed', async () => {
  const { reconciler, rows, published, state, change } = setUp();
  rows.set('pi-1', device());
  reconciler.start();
  await vi.waitFor(() => expect(published).toHaveLength(1));
  const { queries } = state;
  change({ kind: 'device', id: 'pi-1' });
  await vi.waitFor(() => expect(state.queries).toBeGreaterThan(queries));
  await reconciler.stop();
  expect(published).toHaveLength(1);
});

it('publishes the next revision when something is wanted', async () => {
  const { reconciler, rows, published, change } = setUp();
  const row = device();
  rows.set('pi-1', row);
  reconciler.start();
  await vi.waitFor(() => expect(published).toHaveLength(1));
  Object.assign(row, { is_locked: true });
  change({ kind: 'device', id: 'pi-1' });
  await vi.waitFor(() => expect(published.at(-1)).toEqual(document(2, { lock: true })));
});

it('writes a whole room at once', async () => {
  const { reconciler, rows, published, state } = setUp();
  const ids = Array.from({ length: 30 }, (_, index) => `pi-${index}`);
  for (const id of ids) rows.set(id, device({ id }));
  reconciler.start();
  await vi.waitFor(() => expect(published).toHaveLength(30));
  expect(published.map(({ topic }) => topic).toSorted()).toEqual(
    ids.map((id) => `homeroom/v1/${id}/desired`).toSorted(),
  );
  expect(state.writes).toBe(1);
});

it('looks again at what another controller wrote first', async () => {
  const { reconciler, rows, published, state } = setUp();
  const row = device();
  rows.set('pi-1', row);
  state.beforeWrite = () => {
    state.beforeWrite = () => undefined;
    row.desired_revision = 4;
  };
  reconciler.start();
  await vi.waitFor(() => expect(published).toEqual([document(5)]));
});

it('publishes what it could not while the broker was away', async () => {
  const { reconciler, rows, published, state } = setUp();
  rows.set('pi-1', device());
  state.isBrokerAway = true;
  reconciler.start();
  await vi.waitFor(() => expect(rows.get('pi-1')?.desired_revision).toBe(1));
  state.isBrokerAway = false;
  reconciler.publishAll();
  await vi.waitFor(() => expect(published).toEqual([document(1)]));
});

it('says nothing to a device that was withdrawn', async () => {
  const { reconciler, rows, published, state } = setUp();
  rows.set('pi-1', device({ revoked_at: new Date() }));
  reconciler.start();
  await vi.waitFor(() => expect(state.queries).toBeGreaterThan(1));
  await reconciler.stop();
  expect(published).toEqual([]);
});

it('does not listen to changes that concern no device', async () => {
  const { reconciler, state, change } = setUp();
  reconciler.start();
  await vi.waitFor(() => expect(state.queries).toBe(1));
  change({ kind: 'pool', id: 'desktop' });
  await reconciler.stop();
  expect(state.queries).toBe(1);
});
