import type { Device, Seat, Session } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { joinSeats } from './join-seats.ts';

const seat = (id: string, name: string): Seat => ({
  id,
  name,
  room: 'r',
  device: null,
  session: null,
  guest: null,
  position: null,
});
const at = <T>(fields: Partial<T>) => fields as T;

test('seats are in the order that people count', () => {
  const seats = [seat('c', 'Seat 10'), seat('b', 'Seat 2'), seat('a', 'Seat 1')];
  expect(joinSeats(seats, [], []).map((each) => each.seat.name)).toEqual(['Seat 1', 'Seat 2', 'Seat 10']);
});

test('each seat gets its own device and its live session', () => {
  const devices = [at<Device>({ id: 'pi-2', seat: 'b' }), at<Device>({ id: 'pi-9', seat: null })];
  const sessions = [
    at<Session>({ id: 'old', seat: 'b', state: 'ended' }),
    at<Session>({ id: 'x', seat: 'b', state: 'active' }),
  ];
  const [first, second] = joinSeats([seat('a', 'Seat 1'), seat('b', 'Seat 2')], devices, sessions);
  expect(first).toMatchObject({ device: undefined, session: undefined });
  expect([second?.device?.id, second?.session?.id]).toEqual(['pi-2', 'x']);
});
