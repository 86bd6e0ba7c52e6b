import type { Session } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { maySeeStream, StreamAccess } from './stream-access.ts';

const session = (seat: string | null): Session => ({
  id: 's',
  user: 'owner',
  username: 'owner',
  template: 't',
  state: 'active',
  desktop: null,
  seat,
  url: '/',
  place: null,
  estimateS: null,
  steps: [],
  reason: null,
  endReason: null,
  startedAt: '',
  endedAt: null,
  endsAt: null,
  endsBy: null,
  warning: 0,
  mayKeep: false,
  trouble: null,
});
const browser = (userId: string | null) => ({ deviceId: null, userId, signInHash: 'h' });
const kiosk = (userId: string | null) => ({ deviceId: 'seat-1', userId, signInHash: 'h' });

it.each([
  ['its user, in a browser', browser('owner'), session(null), null, true],
  ['its user, in a browser, while it is at a seat too', browser('owner'), session('a'), null, true],
  ['somebody else', browser('other'), session(null), null, false],
  ['nobody', browser(null), session(null), null, false],
  ['the kiosk of its seat, nobody signed in', kiosk(null), session('a'), 'a', true],
  ['its user at the kiosk of its seat', kiosk('owner'), session('a'), 'a', true],
  ['its user at another kiosk', kiosk('owner'), session('a'), 'b', false],
  ['another kiosk', kiosk(null), session('a'), 'b', false],
  ['its user at a kiosk without a seat', kiosk('owner'), session(null), null, true],
  ['a kiosk without a seat', kiosk(null), session(null), null, false],
  ['somebody else at a kiosk without a seat', kiosk('other'), session(null), null, false],
])('judges %s', (_name, holder, record, seat, expected) => {
  expect(maySeeStream(holder, record, seat)).toBe(expected);
});

/** By the records a teacher may look, and a seat is to show a broadcast. */
const access = new StreamAccess({
  devices: { get: async () => undefined },
  onlookers: {
    mayLook: async (userId) => userId === 'teacher',
    broadcastAt: async (deviceId) => (deviceId === 'seat-1' ? 'b-1' : undefined),
  },
});
const watch = { purpose: 'watch', broadcastId: null };
const control = { purpose: 'control', broadcastId: null };
const own = { purpose: 'own', broadcastId: null };
const broadcast = { purpose: 'broadcast', broadcastId: 'b-1' };

it.each([
  ['its user', browser('owner'), 'own', own],
  ['its user, to watch', browser('owner'), 'watch', undefined],
  ['a teacher, as if it were theirs', browser('teacher'), 'own', undefined],
  ['a teacher, to watch', browser('teacher'), 'watch', watch],
  ['a teacher at a kiosk, to watch', kiosk('teacher'), 'watch', watch],
  ['a teacher, to help', browser('teacher'), 'control', control],
  ['somebody else, to help', browser('other'), 'control', undefined],
  ['a kiosk by itself, to watch', kiosk(null), 'watch', undefined],
  ['a kiosk, for a broadcast', kiosk(null), 'broadcast', broadcast],
  ['a teacher’s browser, for a broadcast', browser('teacher'), 'broadcast', undefined],
] as const)('gives %s what is theirs', async (_name, holder, purpose, right) => {
  expect(await access.rightTo(holder, session(null), purpose)).toEqual(right);
});
