import type { Device } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { ApiError } from '../../shared/api/api-error.ts';
import { roomOutcome } from './room-outcome.ts';

const device = (name: string, connection: Device['connection'] = 'ready'): Device => ({
  id: name,
  name,
  seat: name,
  room: 'r',
  connection,
  since: null,
  desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url: '/kiosk/x' },
  state: null,
  info: null,
  reported: null,
  hdmi: null,
  cec: null,
  input: null,
  relays: null,
  health: null,
  host: null,
  hostConsent: null,
  alerts: [],
});

test('a room that heard it all is told in a line', () => {
  expect(roomOutcome({ done: [device('Seat 1'), device('Seat 2')], failed: [] }, 'locked')).toEqual({
    tone: 'good',
    title: '2 seats: locked.',
    text: undefined,
  });
});

test('seats that are away follow later, and are named', () => {
  expect(roomOutcome({ done: [device('Seat 1', 'lost')], failed: [] }, 'locked').text).toBe(
    'Seat 1 will follow when back.',
  );
});

test('seats that failed are named with the reason', () => {
  const error = new ApiError({ title: 'The device is revoked.' });
  expect(
    roomOutcome({ done: [device('Seat 1')], failed: [{ item: device('Seat 2'), error }] }, 'locked'),
  ).toEqual({
    tone: 'bad',
    title: 'Not locked: Seat 2.',
    text: 'The device is revoked. 1 seat was locked.',
  });
});

test('a long list of seats is cut', () => {
  const failed = Array.from({ length: 7 }, (_, at) => ({
    item: device(`Seat ${at + 1}`),
    error: new ApiError({ title: 'No.' }),
  }));
  expect(roomOutcome({ done: [], failed }, 'locked').title).toBe(
    'Not locked: Seat 1, Seat 2, Seat 3, Seat 4, Seat 5 and 2 more.',
  );
});
