import { expect, test } from 'vitest';
import { seatChoices } from './seat-choices.ts';

test('seats are told with their room, counted as people do', () => {
  const seat = (id: string, name: string, device: string | null) => ({
    id,
    name,
    room: 'r1',
    device,
    session: null,
    guest: null,
    position: null,
  });
  const seats = [seat('b', 'Seat 10', null), seat('a', 'Seat 9', 'pi-9')];
  expect(seatChoices(seats, [{ id: 'r1', name: 'Room 1', seats: 2, teachers: [] }])).toEqual([
    { seat: 'a', label: 'Room 1 · Seat 9', device: 'pi-9' },
    { seat: 'b', label: 'Room 1 · Seat 10', device: null },
  ]);
});
