import type { Session } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { type KioskFacts, kioskViewOf } from './kiosk-view-of.ts';

const facts: KioskFacts = {
  device: 'pi-1',
  deviceName: 'Pi 1',
  seat: 'seat-1',
  seatName: 'Seat 1',
  roomName: 'Room 1',
  isRevoked: false,
  isLocked: false,
  message: null,
  roomMessage: null,
  broadcast: null,
  session: null,
  movedTo: null,
  guest: null,
  isIdentifying: false,
};
const session = (state: Session['state']): Session => ({
  id: 's-1',
  user: 'u-1',
  username: 'student',
  template: 'desktop',
  state,
  desktop: null,
  seat: 'seat-1',
  url: '/desktop/s-1',
  place: null,
  estimateS: null,
  steps: [],
  reason: null,
  endReason: null,
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  endsAt: null,
  endsBy: null,
  warning: 0,
  mayKeep: false,
  trouble: null,
});
const view = (given: Partial<KioskFacts>) => kioskViewOf({ ...facts, ...given }).view;

it('is everything that the page shows', () => {
  expect(kioskViewOf({ ...facts, isIdentifying: true })).toEqual({
    device: 'pi-1',
    deviceName: 'Pi 1',
    seat: 'seat-1',
    seatName: 'Seat 1',
    roomName: 'Room 1',
    view: 'sign-in',
    message: null,
    roomMessage: null,
    broadcast: null,
    session: null,
    movedTo: null,
    guest: null,
    identify: true,
  });
});

it.each([
  ['waiting', 'waiting'],
  ['starting', 'desktop'],
  ['active', 'desktop'],
  ['detached', 'desktop'],
  ['ended', 'sign-in'],
] as const)('shows for a session that is %s the view %s', (state, expected) => {
  expect(view({ session: session(state) })).toBe(expected);
});

it('asks for a seat when the device has none', () => {
  expect(view({ seat: null })).toBe('unassigned');
});

it('shows what wins in the order withdrawn, locked, message, broadcast', () => {
  const everything = {
    isRevoked: true,
    isLocked: true,
    message: 'Hello',
    broadcast: 'b-1',
    session: session('active'),
  };
  expect(view(everything)).toBe('revoked');
  expect(view({ ...everything, isRevoked: false })).toBe('locked');
  expect(view({ ...everything, isRevoked: false, isLocked: false })).toBe('message');
  expect(view({ ...everything, isRevoked: false, isLocked: false, message: null })).toBe('broadcast');
});
