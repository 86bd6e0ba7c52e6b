import { expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { csrfTokenOf, hasCsrfToken, isChange } from './csrf.ts';

const user = {
  id: 'u',
  username: 'u',
  displayName: 'u',
  role: 'student',
  account: 'u',
  posixUid: 1,
} as const;
const person = { user, deviceId: null, csrfToken: 'of-person', idHash: 'h' };
const kiosk = { deviceId: 'seat-1', csrfToken: 'of-kiosk', idHash: 'k' };
const nobody: Caller = { person: undefined, by: undefined, kiosk: undefined, address: null };

it('wants the person’s token before the kiosk’s', () => {
  expect(csrfTokenOf({ ...nobody, person, kiosk })).toBe('of-person');
  expect(csrfTokenOf({ ...nobody, kiosk })).toBe('of-kiosk');
  expect(csrfTokenOf(nobody)).toBe('');
});

it.each([
  ['the right token', { ...nobody, by: 'cookie', person } as const, 'of-person', true],
  ['another token', { ...nobody, by: 'cookie', person } as const, 'of-kiosk', false],
  ['a part of the token', { ...nobody, by: 'cookie', person } as const, 'of-perso', false],
  ['no token', { ...nobody, by: 'cookie', person } as const, undefined, false],
  ['a kiosk without its token', { ...nobody, kiosk }, undefined, false],
  ['a bearer token, which needs none', { ...nobody, by: 'bearer', person } as const, undefined, true],
  ['nobody, who has nothing to steal', nobody, undefined, true],
])('judges %s', (_name, caller, given, expected) => {
  expect(hasCsrfToken(caller, given)).toBe(expected);
});

it('knows which methods change something', () => {
  expect(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(isChange)).toEqual([
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
  ]);
});
