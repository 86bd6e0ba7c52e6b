import { expect, it } from 'vitest';
import { pickRecord } from './pick-record.ts';

const seats = [
  { id: '1', name: 'Seat 1', room: 'A' },
  { id: '2', name: 'Seat 1', room: 'B' },
  { id: '3', name: '1', room: 'B' },
];
const longName = ({ room, name }: (typeof seats)[number]) => `${room}/${name}`;
const pick = (wanted: string) => pickRecord(seats, wanted, { kind: 'seat', longName }).id;

it('finds by id first, by long name, and by a name of one alone', () => {
  expect(pick('1')).toBe('1');
  expect(pick('B/Seat 1')).toBe('2');
});

it('says what there is when a name is of several, or of none', () => {
  expect(() => pick('Seat 1')).toThrow(
    'There are several of the name Seat 1; say which: A/Seat 1, B/Seat 1, B/1.',
  );
  expect(() => pick('Seat 9')).toThrow('There is no seat Seat 9; there are:');
});
