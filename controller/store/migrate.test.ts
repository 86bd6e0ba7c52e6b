import { expect, it } from 'vitest';
import { planMigrations } from './migrate.ts';

const known = ['0001-initial', '0002-more', '0003-most'].map((name) => ({ name, sql: 'select 1' }));

it('plans what is missing, in order', () => {
  expect(planMigrations(known, ['0001-initial']).map(({ name }) => name)).toEqual(['0002-more', '0003-most']);
  expect(
    planMigrations(
      known,
      known.map(({ name }) => name),
    ),
  ).toEqual([]);
});

it('refuses what it does not know, by name', () => {
  const plan = () => planMigrations(known, ['0001-initial', '0004-next']);
  expect(plan).toThrow(
    expect.objectContaining({ code: 'database_too_new', detail: expect.stringContaining('0004-next') }),
  );
});
