import { HomeroomError } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from './turns.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** @returns what happened to those who asked, in the order in which it happened */
function ask(turns: Turns, names: readonly string[], told: string[] = []): string[] {
  for (const name of names) {
    turns.begin().then(
      () => told.push(name),
      (error: Error) => told.push(`${name}: ${error instanceof HomeroomError ? error.code : error.message}`),
    );
  }
  return told;
}
const turn = () => vi.advanceTimersByTimeAsync(0);

it('lets so many in at once, and the others in the order in which they came', async () => {
  const turns = new Turns({ atOnce: 2, patienceMs: 1_000 });
  const told = ask(turns, ['a', 'b', 'c', 'd']);
  await turn();
  expect(told).toEqual(['a', 'b']);
  turns.end();
  await turn();
  expect(told).toEqual(['a', 'b', 'c']);
  turns.end();
  turns.end();
  await turn();
  expect(told).toEqual(['a', 'b', 'c', 'd']);
});

it('says database_unavailable to who has waited too long, and gives their turn to the next', async () => {
  const turns = new Turns({ atOnce: 1, patienceMs: 1_000 });
  const told = ask(turns, ['a', 'b']);
  await vi.advanceTimersByTimeAsync(1_000);
  ask(turns, ['c'], told);
  turns.end();
  await turn();
  expect(told).toEqual(['a', 'b: database_unavailable', 'c']);
});

it('sends everybody away who waits, and none of those who were let in', async () => {
  const turns = new Turns({ atOnce: 1, patienceMs: 1_000 });
  const told = ask(turns, ['a', 'b', 'c']);
  turns.refuseAll(new Error('away'));
  await turn();
  expect(told).toEqual(['a', 'b: away', 'c: away']);
  turns.end();
  ask(turns, ['d'], told);
  await turn();
  expect(told.at(-1)).toBe('d');
});

it('lets who has little time go when the line stands still, and wait on while it moves', async () => {
  const turns = new Turns({ atOnce: 1, patienceMs: 1_000 });
  const told: string[] = [];
  ask(turns, ['a', 'b', 'c'], told);
  const hurried = turns.begin(100).then(
    () => told.push('hurried'),
    () => told.push('hurried went'),
  );
  await vi.advanceTimersByTimeAsync(90);
  turns.end();
  await vi.advanceTimersByTimeAsync(90);
  expect(told).toEqual(['a', 'b']);
  await vi.advanceTimersByTimeAsync(10);
  await hurried;
  expect(told).toEqual(['a', 'b', 'hurried went']);
});
