import { HomeroomError } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { systemActor } from '../store/actor.ts';
import type { ClaimRequest } from './claim.ts';
import { GatheredClaims } from './gathered-claims.ts';
import type { SessionRow } from './session-row.ts';

const ask = (userId: string, seatId: string | null = null): ClaimRequest => ({
  userId,
  templateId: 'desktop',
  seatId,
  actor: systemActor,
});

const rowOf = ({ userId, templateId, seatId }: ClaimRequest, id: string): SessionRow => ({
  id,
  user_id: userId,
  username: userId,
  template_id: templateId,
  state: 'starting',
  desktop_id: `desktop of ${userId}`,
  seat_id: seatId,
  reason: null,
  end_reason: null,
  lesson_id: null,
  created_at: new Date(0),
  ended_at: null,
  place: null,
  obstacle: null,
});

/** @param many what the statement for many does, beside writing down who it was asked for */
function setUp(many: (requests: readonly ClaimRequest[]) => SessionRow[], isTogether = false) {
  const asked: string[][] = [];
  const alone: string[] = [];
  const claims = new GatheredClaims(
    {
      many: async (requests) => {
        asked.push(requests.map(({ userId }) => userId));
        return many(requests);
      },
      one: async (request) => {
        alone.push(request.userId);
        return { ...rowOf(request, 'alone'), created: true };
      },
    },
    () => isTogether,
  );
  const claimAll = async (...requests: ClaimRequest[]) =>
    (await Promise.all(requests.map((request) => claims.claim(request)))).map(({ id }) => id);
  return { asked, alone, claims, claimAll };
}

const giveAll = (requests: readonly ClaimRequest[]) => requests.map((request) => rowOf(request, 'together'));

it('asks once for all who come in the same turn, and gives each their own session', async () => {
  const { asked, alone, claims } = setUp((requests) => giveAll(requests).reverse());
  const rows = await Promise.all([claims.claim(ask('ada')), claims.claim(ask('bob', 'seat'))]);
  expect(rows).toEqual([
    { ...rowOf(ask('ada'), 'together'), created: true },
    { ...rowOf(ask('bob', 'seat'), 'together'), created: true },
  ]);
  expect({ asked, alone }).toEqual({ asked: [['ada', 'bob']], alone: [] });
});

it('lets whoever got nothing ask alone', async () => {
  const { alone, claimAll } = setUp((requests) => giveAll(requests.slice(0, 1)));
  expect(await claimAll(ask('ada'), ask('bob'))).toEqual(['together', 'alone']);
  expect(alone).toEqual(['bob']);
});

it('asks together for the first of a user and of a seat alone', async () => {
  const { asked, claimAll } = setUp(giveAll);
  const answers = await claimAll(ask('ada', 'one'), ask('ada', 'two'), ask('bob', 'one'), ask('cem', 'two'));
  expect(answers).toEqual(['together', 'alone', 'alone', 'together']);
  expect(asked).toEqual([['ada', 'cem']]);
});

it('lets everybody ask alone when one of them collided', async () => {
  const { claimAll } = setUp(() => {
    throw new HomeroomError('conflict');
  });
  expect(await claimAll(ask('ada'), ask('bob'))).toEqual(['alone', 'alone']);
});

it('asks nobody again while the database is away', async () => {
  const { alone, claimAll } = setUp(() => {
    throw new HomeroomError('database_unavailable');
  });
  await expect(claimAll(ask('ada'))).rejects.toMatchObject({ code: 'database_unavailable' });
  expect(alone).toEqual([]);
});

it('keeps a claim that is part of a whole apart from others', async () => {
  const { asked, claimAll } = setUp(giveAll, true);
  expect(await claimAll(ask('ada'))).toEqual(['alone']);
  expect(asked).toEqual([]);
});
