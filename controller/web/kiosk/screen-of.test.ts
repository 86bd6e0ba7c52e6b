import type { KioskView, User } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { ApiError } from '../shared/api/api-error.ts';
import { screenOf } from './screen-of.ts';

const user: User = { id: 'u', username: 'ada', displayName: 'Ada', role: 'student' };

function viewOf(view: KioskView['view']): KioskView {
  return {
    device: 'pi-1',
    deviceName: 'Pi 1',
    seat: 's',
    seatName: 'Seat 1',
    roomName: 'Room 1',
    view,
    message: null,
    session: null,
    movedTo: null,
    guest: null,
    identify: false,
  };
}

test('a free seat asks to sign in, and then to choose', () => {
  const view = viewOf('sign-in');
  expect(screenOf({ view, user: null, error: undefined })).toBe('sign-in');
  expect(screenOf({ view, user, error: undefined })).toBe('choose');
});

test('the controller’s view is shown, whoever is signed in', () => {
  for (const name of ['waiting', 'locked', 'message', 'unassigned', 'revoked'] as const)
    expect(screenOf({ view: viewOf(name), user, error: undefined })).toBe(name);
});

test('a desktop, and a broadcast, are opened', () => {
  for (const name of ['desktop', 'broadcast'] as const)
    expect(screenOf({ view: viewOf(name), user, error: undefined })).toBe('opening');
});

test('nothing is promised before everything is known', () => {
  expect(screenOf({ view: undefined, user: null, error: undefined })).toBe('loading');
  expect(screenOf({ view: viewOf('sign-in'), user: undefined, error: undefined })).toBe('loading');
});

test('a controller that is away shows as offline, but a locked seat stays locked', () => {
  const error = new ApiError({ code: 'controller_away', status: 0 });
  expect(screenOf({ view: viewOf('sign-in'), user, error })).toBe('offline');
  expect(screenOf({ view: viewOf('locked'), user, error })).toBe('locked');
});

test('a browser without the device’s cookie stands at the door', () => {
  const error = new ApiError({ code: 'sign_in_required', status: 401 });
  expect(screenOf({ view: undefined, user: undefined, error })).toBe('door');
});
