import { expect, it } from 'vitest';
import { isFor, personOf } from './for-whom.js';

const connection = (id, role) => ({
  handshake: {
    headers: { 'x-homeroom-user': id, 'x-homeroom-role': role, 'x-homeroom-display-name': 'Ada%20L' },
  },
});
const ada = connection('u-1', 'teacher');

it.each([
  ['everybody’s', undefined, true],
  ['her own', { users: ['u-2', 'u-1'] }, true],
  ['another teacher’s', { users: ['u-2'] }, false],
  ['nobody’s', { users: [] }, false],
  ['one whose list is none', { users: 'u-1' }, false],
  ['one for a browser', { socketId: 'x' }, true],
])('shows a teacher a message that is %s: %s', (_whose, client, isShown) => {
  expect(isFor(ada, { payload: 1, ...(client && { _client: client }) })).toBe(isShown);
});

it('shows admins all of them', () => {
  expect(isFor(connection('u-9', 'admin'), { _client: { users: ['u-1'] } })).toBe(true);
});

it('shows a dashboard that nobody vouches for none that is for somebody', () => {
  expect([
    isFor(undefined, { _client: { users: ['u-1'] } }),
    isFor({}, { _client: { users: [undefined] } }),
  ]).toEqual([false, false]);
});

it('says who looks', () => {
  expect(personOf(ada)).toEqual({ id: 'u-1', role: 'teacher', displayName: 'Ada L', username: undefined });
});
