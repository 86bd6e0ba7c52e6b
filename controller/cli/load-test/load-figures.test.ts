import { expect, it } from 'vitest';
import { loadFigures } from './load-figures.ts';

const at = (ms: number) => new Date(Date.UTC(2030, 0, 1) + ms).toISOString();
const answered = (userId: string, answeredMs: number, refusal: string | null = null) => ({
  userId,
  answeredMs,
  refusal,
});
const session = (user: string, assignedMs: number | null, desktop: string | null = `desktop of ${user}`) => ({
  id: `session of ${user}`,
  user,
  state: 'starting' as const,
  desktop,
  createdAt: at(0),
  assignedAt: assignedMs === null ? null : at(assignedMs),
});

it('counts a user as served as long after the answer as the desktop became theirs', () => {
  const answers = [answered('a', 100), answered('b', 300)];
  expect(loadFigures(2, answers, [session('a', 50), session('b', 200)])).toEqual({
    users: 2,
    served: 2,
    failed: 0,
    doubles: 0,
    perSecond: 4,
    p50Ms: 150,
    p95Ms: 500,
    p99Ms: 500,
  });
});

it('counts who was refused, who still waits and who never asked as failed', () => {
  const answers = [answered('a', 100, 'database_unavailable'), answered('b', 100), answered('c', 200)];
  const figures = loadFigures(4, answers, [session('b', null, null), session('c', 50)]);
  expect(figures).toMatchObject({ served: 1, failed: 3, p50Ms: 250 });
});

it('finds a desktop that was given twice', () => {
  const sessions = [session('a', 1, 'one'), session('b', 1, 'one'), session('c', 1, 'other')];
  expect(loadFigures(3, [answered('a', 1), answered('b', 1), answered('c', 1)], sessions).doubles).toBe(1);
});

it('has figures where nobody was served', () => {
  expect(loadFigures(1, [], [])).toMatchObject({ served: 0, failed: 1, perSecond: 0, p99Ms: 0 });
});
