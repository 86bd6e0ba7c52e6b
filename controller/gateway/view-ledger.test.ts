import { type ErrorCode, HomeroomError } from '@homeroom/protocol';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StreamView } from './ports.ts';
import { ViewLedger } from './view-ledger.ts';

const logger = pino({ level: 'silent' });
const watching: StreamView = {
  sessionId: 's',
  purpose: 'watch',
  broadcastId: null,
  deviceId: null,
  userId: 'u',
};
const helping: StreamView = { ...watching, purpose: 'control' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Views in memory. */
function setUp({ endsInMs = null as number | null } = {}) {
  const standing = new Set<string>();
  const state = { isAway: false, renewals: 0 };
  const ended: ErrorCode[] = [];
  const ledger = new ViewLedger(
    {
      open: async () => {
        const id = `view-${standing.size + 1}`;
        standing.add(id);
        return { id, endsInMs };
      },
      renew: async (ids) => {
        if (state.isAway) throw new HomeroomError('database_unavailable');
        state.renewals += 1;
        return new Set(ids.filter((id) => standing.has(id)));
      },
      close: async (id) => {
        if (state.isAway) throw new HomeroomError('database_unavailable');
        standing.delete(id);
      },
    },
    logger,
  );
  const open = (view: StreamView) => ledger.open(view, (code) => ended.push(code));
  return { ledger, standing, state, ended, open };
}

it('renews what is open, and nothing when nothing is', async () => {
  const { state, open, standing, ledger } = setUp();
  const close = await open(watching);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(state.renewals).toBe(1);
  close();
  await ledger.stop();
  expect(standing.size).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.renewals).toBe(1);
});

it('ends a stream whose hold another has taken over', async () => {
  const { ledger, standing, ended, open } = setUp();
  await open(helping);
  standing.clear();
  await ledger.look();
  expect(ended).toEqual(['control_taken']);
});

it('has who was forgotten while the database was away come again', async () => {
  const { ledger, standing, ended, open } = setUp();
  await open(watching);
  standing.clear();
  await ledger.look();
  expect(ended).toEqual(['database_unavailable']);
});

it('ends nothing while the database is away', async () => {
  const { ledger, state, ended, open } = setUp();
  const close = await open(helping);
  state.isAway = true;
  await ledger.look();
  close();
  await ledger.stop();
  expect(ended).toEqual([]);
});

it('ends a broadcast’s stream at its time, and not when it was closed before', async () => {
  const { ended, open } = setUp({ endsInMs: 30_000 });
  const broadcast: StreamView = { ...watching, purpose: 'broadcast', broadcastId: 'b' };
  await open(broadcast);
  const close = await open(broadcast);
  close();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(ended).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(ended).toEqual(['broadcast_over']);
});
