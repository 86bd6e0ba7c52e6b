import { expect, it } from 'vitest';
import { AlertBook } from './alert-book.ts';

const first = new Date('2026-01-01T00:00:00.000Z');
const later = new Date('2026-01-01T01:00:00.000Z');
const hot = { code: 'hot', message: 'It is hot.' };
const slow = { code: 'slow', message: 'It is slow.' };
const since = first.toISOString();

it('tells of a new alert with the time at which it began', () => {
  const book = new AlertBook();
  expect(book.set('pi-1', ['hot'], [hot], first)).toEqual([{ ...hot, since }]);
  expect(book.codes('pi-1')).toEqual(new Set(['hot']));
});

it('says nothing when nothing changed, even when the words did', () => {
  const book = new AlertBook();
  book.set('pi-1', ['hot'], [hot], first);
  expect(book.set('pi-1', ['hot'], [{ ...hot, message: 'It is very hot.' }], later)).toBeUndefined();
  expect(book.set('pi-2', ['hot'], [], first)).toBeUndefined();
});

it('keeps the time of an alert that goes on while another comes', () => {
  const book = new AlertBook();
  book.set('pi-1', ['hot', 'slow'], [hot], first);
  expect(book.set('pi-1', ['hot', 'slow'], [hot, slow], later)).toEqual([
    { ...hot, since },
    { ...slow, since: later.toISOString() },
  ]);
});

it('leaves the alerts of other sources alone', () => {
  const book = new AlertBook();
  book.set('pi-1', ['hot'], [hot], first);
  book.set('pi-1', ['slow'], [slow], first);
  expect(book.set('pi-1', ['hot'], [], later)).toEqual([{ ...slow, since }]);
});

it('goes on from what was stored', () => {
  const book = new AlertBook();
  book.restore('pi-1', [{ ...hot, since }]);
  expect(book.devicesWith('hot')).toEqual(['pi-1']);
  expect(book.set('pi-1', ['hot'], [hot], later)).toBeUndefined();
  expect(book.set('pi-1', ['hot'], [], later)).toEqual([]);
  expect(book.devicesWith('hot')).toEqual([]);
});
