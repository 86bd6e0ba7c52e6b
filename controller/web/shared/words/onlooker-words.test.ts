import { expect, test } from 'vitest';
import { onlookerWords } from './onlooker-words.ts';

const since = '2026-01-01T00:00:00.000Z';
const watcher = (displayName: string) => ({ displayName, isInControl: false, since });

test('nothing is told while nobody looks', () => {
  expect(onlookerWords({})).toBeNull();
  expect(onlookerWords({ onlookers: [], shownIn: null })).toBeNull();
});

test('who looks is named', () => {
  expect(onlookerWords({ onlookers: [watcher('Ms Ada')] })).toBe('Ms Ada looks at this desktop.');
  expect(onlookerWords({ onlookers: [watcher('Ms Ada'), watcher('Mr Bo')] })).toBe(
    'Ms Ada and Mr Bo look at this desktop.',
  );
  expect(onlookerWords({ onlookers: ['Ms Ada', 'Mr Bo', 'Ms Cy'].map(watcher) })).toBe(
    'Ms Ada and 2 others look at this desktop.',
  );
});

test('who helps comes first, and a broadcast is told too', () => {
  const onlookers = [watcher('Mr Bo'), { displayName: 'Ms Ada', isInControl: true, since }];
  expect(onlookerWords({ onlookers, shownIn: 'Room 1' })).toBe(
    'Ms Ada is helping you. Mr Bo looks at this desktop. This desktop is shown in Room 1.',
  );
});
