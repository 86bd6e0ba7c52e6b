import { type Change, changeKinds, type Session } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../caller.ts';
import { type Listener, mayHear } from './hearing.ts';

const nobody: Caller = { person: undefined, by: undefined, kiosk: undefined, address: null };
const as = (role: 'student' | 'teacher' | 'admin'): Listener => ({
  caller: {
    ...nobody,
    by: 'cookie',
    person: {
      user: { id: role, username: role, displayName: role, role, account: role, posixUid: 1 },
      deviceId: null,
      csrfToken: '',
      idHash: role,
    },
  },
  seat: null,
  lastSession: null,
});
const kiosk: Listener = {
  caller: { ...nobody, kiosk: { deviceId: 'seat-1', csrfToken: '', idHash: 'k' } },
  seat: 'seat-a',
  lastSession: 'left',
};
const session = (user: string, seat: string | null): Session => ({
  id: 's',
  user,
  username: user,
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
const heardKinds = (listener: Listener) => changeKinds.filter((kind) => mayHear(listener, { kind, id: 'x' }));

describe('mayHear', () => {
  it('tells each role the kinds that it may know of', () => {
    expect(heardKinds(as('student')).toSorted()).toEqual(['lesson', 'pool', 'quota', 'template', 'token']);
    expect(heardKinds(kiosk).toSorted()).toEqual(['lesson', 'pool', 'quota', 'template']);
    expect(heardKinds(as('admin'))).toEqual([...changeKinds]);
    const notForTeachers = changeKinds.filter((kind) => !heardKinds(as('teacher')).includes(kind));
    expect(notForTeachers.sort()).toEqual(['credential', 'enrolment', 'finding', 'join-token']);
  });

  const sessionChange: Change = { kind: 'session', id: 's' };
  it('tells students of their own session alone', () => {
    expect(mayHear(as('student'), sessionChange, { session: session('student', null) })).toBe(true);
    expect(mayHear(as('student'), sessionChange, { session: session('other', null) })).toBe(false);
  });

  it('tells a kiosk of the session at its seat, and of the one that left it', () => {
    expect(mayHear(kiosk, sessionChange, { session: session('other', 'seat-a') })).toBe(true);
    expect(mayHear(kiosk, sessionChange, { session: session('other', 'seat-b') })).toBe(false);
    expect(mayHear(kiosk, { kind: 'session', id: 'left' }, { session: session('other', 'seat-b') })).toBe(
      true,
    );
    expect(mayHear(kiosk, { kind: 'session', id: 'left' })).toBe(true);
  });

  it('tells a kiosk of its own device and seat', () => {
    expect(mayHear(kiosk, { kind: 'device', id: 'seat-1' })).toBe(true);
    expect(mayHear(kiosk, { kind: 'seat', id: 'seat-a' })).toBe(true);
    expect(mayHear(kiosk, { kind: 'device', id: 'seat-2' })).toBe(false);
  });

  it('tells teachers of their own rooms, and of what is in none', () => {
    for (const kind of ['device', 'seat', 'session', 'lesson', 'room', 'class-run'] as const) {
      const heardBy = (teachers: ReadonlySet<string> | undefined, role: 'teacher' | 'admin' = 'teacher') =>
        mayHear(as(role), { kind, id: 'x' }, { teachers });
      expect([kind, heardBy(new Set(['teacher']))]).toEqual([kind, true]);
      expect([kind, heardBy(undefined)]).toEqual([kind, true]);
      expect([kind, heardBy(new Set(['another']))]).toEqual([kind, false]);
      expect([kind, heardBy(new Set(), 'admin')]).toEqual([kind, true]);
    }
  });

  it('matches no seat where there is none', () => {
    expect(mayHear({ ...kiosk, seat: null }, sessionChange, { session: session('other', null) })).toBe(false);
  });
});
