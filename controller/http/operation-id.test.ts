import { expect, it } from 'vitest';
import { operationIdOf } from './operation-id.ts';

const usual = { isPaginated: false, isCreating: false };

it.each([
  [{ method: 'GET', path: '/rooms', isPaginated: true, isCreating: false }, 'listRooms'],
  [{ ...usual, method: 'GET', path: '/rooms/:id' }, 'getRoom'],
  [{ ...usual, method: 'GET', path: '/me' }, 'getMe'],
  [{ method: 'POST', path: '/rooms/:id/seats', isPaginated: false, isCreating: true }, 'createRoomSeat'],
  [{ method: 'POST', path: '/join-tokens', isPaginated: false, isCreating: true }, 'createJoinToken'],
  [{ ...usual, method: 'PATCH', path: '/seats/:id' }, 'changeSeat'],
  [{ ...usual, method: 'PUT', path: '/users/:id/password' }, 'setUserPassword'],
  [{ ...usual, method: 'DELETE', path: '/join-tokens/:id' }, 'deleteJoinToken'],
  [{ ...usual, method: 'POST', path: '/sessions/:id/move' }, 'moveSession'],
  [{ ...usual, method: 'POST', path: '/sign-in' }, 'signIn'],
  [{ ...usual, method: 'POST', path: '/kiosk/sign-in' }, 'signInKiosk'],
  [{ ...usual, method: 'GET', path: '/policies/:id' }, 'getPolicy'],
])('calls %o %s', (route, name) => {
  expect(operationIdOf(route)).toBe(name);
});
