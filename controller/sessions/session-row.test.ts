import { session } from '@homeroom/protocol';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type SessionRow, toSession } from './session-row.ts';

const row: SessionRow = {
  id: '11111111-1111-4111-8111-111111111111',
  user_id: '22222222-2222-4222-8222-222222222222',
  username: 'ana',
  template_id: 'desktop',
  state: 'starting',
  desktop_id: '33333333-3333-4333-8333-333333333333',
  seat_id: null,
  reason: null,
  end_reason: null,
  created_at: new Date('2026-03-01T08:00:00.000Z'),
  ended_at: null,
  place: null,
  obstacle: null,
};

it('is what the API promises', () => {
  const told = toSession(row);
  expect(v.parse(session, told)).toEqual({
    id: row.id,
    user: row.user_id,
    username: 'ana',
    template: 'desktop',
    state: 'starting',
    desktop: row.desktop_id,
    seat: null,
    url: `/desktop/${row.id}`,
    place: null,
    reason: null,
    endReason: null,
    startedAt: '2026-03-01T08:00:00.000Z',
    endedAt: null,
  });
});

it('tells those who wait what for', () => {
  expect(toSession({ ...row, state: 'waiting', desktop_id: null, place: 2 })).toMatchObject({
    place: 2,
    reason: expect.stringContaining('turn'),
  });
});

it('tells those who wait what keeps their desktop from being made', () => {
  const waiting = { ...row, state: 'waiting' as const, desktop_id: null, place: 1 };
  expect(toSession({ ...waiting, obstacle: 'There is no host.' }).reason).toMatch(/turn.*There is no host\./);
});
