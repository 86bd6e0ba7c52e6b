import type { Session } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { everySession, matches, placeName, templateName } from './session-names.ts';

const names = {
  templates: [{ id: 'cad', name: 'CAD workstation' }],
  seats: [{ id: 's1', name: 'Seat 1', room: 'r1' }],
  rooms: [{ id: 'r1', name: 'Room 1' }],
};
const session = { username: 'Ada.L', template: 'cad', state: 'active', seat: 's1' } as Session;

test('ids become names, and what is gone is still told', () => {
  expect(templateName(names, 'cad')).toBe('CAD workstation');
  expect(templateName(names, 'old')).toBe('old');
  expect(placeName(names, { seat: 's1' })).toBe('Room 1 · Seat 1');
  expect(placeName(names, { seat: 'gone' })).toBe('at a seat');
  expect(placeName(names, { seat: null })).toBe('in a browser');
});

test('a filter that says nothing leaves everybody in', () => {
  expect(matches(session, everySession, names)).toBe(true);
});

test.each([
  [{ person: ' ada' }, true],
  [{ person: 'grace' }, false],
  [{ template: 'cad', room: 'r1' }, true],
  [{ room: 'r2' }, false],
  [{ state: 'waiting' }, false],
])('%o finds Ada: %s', (wanted, isFound) => {
  expect(matches(session, { ...everySession, ...wanted }, names)).toBe(isFound);
});
