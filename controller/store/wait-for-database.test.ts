import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { waitForDatabase } from './wait-for-database.ts';

const away = () => Promise.reject(new HomeroomError('database_unavailable'));

it('gives what the work gives once the database is back', async () => {
  let tries = 0;
  const work = () => {
    tries += 1;
    return tries < 3 ? away() : Promise.resolve('done');
  };
  expect(await waitForDatabase(work, AbortSignal.timeout(10_000))).toBe('done');
  expect(tries).toBe(3);
});

it('tells the outage when the time is over', async () => {
  const outage = { code: 'database_unavailable' };
  await expect(waitForDatabase(away, AbortSignal.timeout(1))).rejects.toMatchObject(outage);
  await expect(waitForDatabase(away, AbortSignal.abort())).rejects.toMatchObject(outage);
});

it('does not repeat what failed otherwise', async () => {
  let tries = 0;
  const work = () => {
    tries += 1;
    return Promise.reject(new HomeroomError('not_found'));
  };
  await expect(waitForDatabase(work, AbortSignal.timeout(10_000))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(tries).toBe(1);
});
