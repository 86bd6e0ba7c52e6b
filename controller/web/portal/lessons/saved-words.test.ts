import { expect, it } from 'vitest';
import { savedWords } from './saved-words.ts';

it('says that a lesson is saved, and what is to be known of it', () => {
  expect(savedWords({}, false)).toBe('The lesson is changed.');
  expect(savedWords({ remarks: ['It is over already.'] }, true)).toBe(
    'The lesson stands in the timetable. It is over already.',
  );
});
