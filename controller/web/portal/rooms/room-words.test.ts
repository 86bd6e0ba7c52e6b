import type { Device } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { roomWords } from './room-words.ts';

const device = (room: string, connection: Device['connection']) =>
  ({ room, connection, alerts: [] }) as Partial<Device> as Device;

test('a room counts its own devices', () => {
  const devices = [device('r1', 'ready'), device('r1', 'lost'), device('r2', 'ready')];
  expect(roomWords({ id: 'r1', name: 'Room 1', seats: 3, teachers: [] }, devices)).toBe(
    '3 seats, 1 connected, 1 needs attention',
  );
});

test('a room in order mentions no trouble', () => {
  expect(roomWords({ id: 'r1', name: 'Room 1', seats: 1, teachers: [] }, [device('r1', 'ready')])).toBe(
    '1 seat, 1 connected',
  );
});
