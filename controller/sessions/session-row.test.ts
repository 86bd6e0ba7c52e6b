import { session } from '@homeroom/protocol';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type SessionDetails, type SessionRow, toSession } from './session-row.ts';

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
  lesson_id: null,
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
    estimateS: null,
    steps: [
      { name: 'queued', state: 'done', at: '2026-03-01T08:00:00.000Z' },
      { name: 'found', state: 'done', at: null },
      { name: 'preparing', state: 'now', at: null },
      { name: 'connecting', state: 'next', at: null },
      { name: 'there', state: 'next', at: null },
    ],
    reason: null,
    endReason: null,
    startedAt: '2026-03-01T08:00:00.000Z',
    endedAt: null,
    endsAt: null,
    endsBy: null,
    warning: 0,
    mayKeep: false,
    policies: {},
    examFolder: null,
    trouble: null,
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

const used: SessionRow & SessionDetails = {
  ...row,
  state: 'active',
  claimed_at: new Date('2026-03-01T08:00:00.000Z'),
  assigned_at: new Date('2026-03-01T08:00:01.000Z'),
  last_input_at: new Date('2026-03-01T08:10:00.000Z'),
  kept_until: null,
  deadline_at: null,
  class_ends_at: null,
  class_told_at: null,
  warnings: 1,
  warned_end_at: new Date('2026-03-01T08:40:00.000Z'),
  idle_timeout_s: 1_800,
  limit_s: 7_200,
  detach_grace_s: 600,
  may_keep: true,
  is_exam: false,
  lesson_starts_at: null,
  lesson_ends_at: null,
  policies: {},
  unhealthy_at: null,
  desktop_error: null,
  is_unhealthy: false,
};

it('tells when a rule ends it, and whether that may be put off', () => {
  const told = { endsAt: '2026-03-01T08:40:00.000Z', endsBy: 'idle', warning: 1, mayKeep: true };
  expect(toSession(used)).toMatchObject(told);
  expect(toSession({ ...used, may_keep: false }).mayKeep).toBe(false);
});

it('takes a warning back as soon as somebody uses it', () => {
  const now = { ...used, last_input_at: new Date('2026-03-01T08:36:00.000Z') };
  expect(toSession(now)).toMatchObject({ endsAt: '2026-03-01T09:06:00.000Z', warning: 0 });
});

it('names the folder of an exam, and none otherwise', () => {
  expect(toSession({ ...used, is_exam: true }).examFolder).toBe('Exam');
  expect(toSession(used).examFolder).toBeNull();
});

it('does not let the hard limit be put off', () => {
  expect(toSession({ ...used, limit_s: 1_500 })).toMatchObject({ endsBy: 'limit', mayKeep: false });
});

it('says what is wrong with a desktop that has been unwell for longer than passes by itself', () => {
  const unwell = { ...used, unhealthy_at: new Date('2026-03-01T08:10:00.000Z') };
  expect(toSession(unwell).trouble).toBeNull();
  expect(toSession({ ...unwell, is_unhealthy: true }).trouble).toMatch(/does not answer/);
  expect(toSession({ ...unwell, is_unhealthy: true, desktop_error: 'No host.' }).trouble).toMatch(
    /No host\./,
  );
});
