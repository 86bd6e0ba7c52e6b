import { roles } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { type Access, refusalOf } from './access.ts';
import type { Caller } from './caller.ts';

const nobody: Caller = { person: undefined, by: undefined, kiosk: undefined, address: null };
const kiosk: Caller = { ...nobody, kiosk: { deviceId: 'seat-1', csrfToken: 'c', idHash: 'h' } };
const person = (role: (typeof roles)[number]): Caller => ({
  ...nobody,
  by: 'cookie',
  person: {
    user: { id: 'u', username: role, displayName: role, role, account: role, posixUid: 1 },
    deviceId: null,
    csrfToken: 'c',
    idHash: 'h',
  },
});
const callers = [nobody, kiosk, ...roles.map(person)];

describe('refusalOf', () => {
  const no = 'not_allowed';
  const who = 'sign_in_required';
  it.each<[Access, (string | undefined)[]]>([
    ['anyone', [undefined, undefined, undefined, undefined, undefined]],
    ['device', [undefined, undefined, undefined, undefined, undefined]],
    ['kiosk', [who, undefined, who, who, who]],
    ['viewer', [who, undefined, undefined, undefined, undefined]],
    ['student', [who, who, undefined, undefined, undefined]],
    ['teacher', [who, who, no, undefined, undefined]],
    ['admin', [who, who, no, no, undefined]],
  ])('lets into %s nobody, kiosk, student, teacher, admin as the table says', (access, expected) => {
    expect(callers.map((caller) => refusalOf(access, caller))).toEqual(expected);
  });
});
