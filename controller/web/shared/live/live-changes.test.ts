import { expect, test } from 'vitest';
import { type ChangeSource, LiveChanges, type LiveNotice } from './live-changes.ts';

function setUp() {
  const sources: (ChangeSource & { isClosed: boolean })[] = [];
  const timers: { run: () => void; delayMs: number; isCancelled: boolean }[] = [];
  const notices: LiveNotice[] = [];
  const changes = new LiveChanges({
    open: () => {
      const source = {
        onopen: null,
        onerror: null,
        onchange: null,
        isClosed: false,
        close() {
          source.isClosed = true;
        },
      } as ChangeSource & { isClosed: boolean };
      sources.push(source);
      return source;
    },
    schedule: (run, delayMs) => {
      const timer = { run, delayMs, isCancelled: false };
      timers.push(timer);
      return () => {
        timer.isCancelled = true;
      };
    },
    chance: () => 1,
  });
  changes.subscribe((notice) => notices.push(notice));
  changes.start();
  return { changes, sources, timers, notices };
}

test('a change reaches every listener', () => {
  const { sources, notices } = setUp();
  sources[0]?.onopen?.();
  sources[0]?.onchange?.({ kind: 'device', id: 'pi-1' });
  expect(notices).toEqual([{ kind: 'device', id: 'pi-1' }]);
});

test('after an interruption listeners are told to fetch everything again', () => {
  const { sources, timers, notices } = setUp();
  sources[0]?.onopen?.();
  sources[0]?.onerror?.();
  timers[0]?.run();
  sources[1]?.onopen?.();
  expect(notices).toEqual(['resync']);
});

test('a failed source is closed, and the waits between attempts grow', () => {
  const { changes, sources, timers } = setUp();
  sources[0]?.onerror?.();
  timers[0]?.run();
  sources[1]?.onerror?.();
  expect(sources.map((source) => source.isClosed)).toEqual([true, true]);
  expect(timers.map((timer) => timer.delayMs)).toEqual([500, 1000]);
  expect(changes.status).toBe('away');
});

test('a late error of an old source opens nothing', () => {
  const { sources, timers } = setUp();
  sources[0]?.onerror?.();
  timers[0]?.run();
  sources[0]?.onerror?.();
  expect(timers).toHaveLength(1);
  expect(sources).toHaveLength(2);
});

test('stopping closes the source and cancels a waiting attempt', () => {
  const { changes, sources, timers } = setUp();
  sources[0]?.onerror?.();
  changes.stop();
  expect(timers[0]?.isCancelled).toBe(true);
  changes.start();
  changes.stop();
  expect(sources[1]?.isClosed).toBe(true);
});

test('watchers hear of every change of status, once', () => {
  const { changes, sources } = setUp();
  const seen: string[] = [];
  changes.watchStatus(() => seen.push(changes.status));
  sources[0]?.onopen?.();
  sources[0]?.onopen?.();
  sources[0]?.onerror?.();
  expect(seen).toEqual(['live', 'away']);
});
