import * as v from 'valibot';
import { expect, it } from 'vitest';
import { plainWords } from './plain-words.ts';

const told = (schema: v.GenericSchema, value: unknown) =>
  v.safeParse(schema, value, { message: plainWords }).issues?.map(({ message }) => message) ?? [];

it.each([
  [v.pipe(v.string(), v.minLength(8)), 'short', 'It is too short: at least 8 characters.'],
  [v.pipe(v.string(), v.minLength(1)), '', 'It is too short: at least 1 character.'],
  [v.pipe(v.array(v.string()), v.maxLength(1)), ['a', 'b'], 'It is too long: at most 1 entry.'],
  [v.pipe(v.number(), v.minValue(60)), 1, 'It is too small: at least 60.'],
  [v.pipe(v.number(), v.maxValue(9)), 10, 'It is too large: at most 9.'],
  [v.pipe(v.number(), v.integer()), 1.5, 'It must be a whole number.'],
  [v.pipe(v.string(), v.uuid()), 'me', 'It must be an id, as a list of the API tells it.'],
  [v.pipe(v.string(), v.regex(/^[0-9]{1,3}$/)), 'x', 'It is not of the right form.'],
  [v.string(), 7, 'It must be a text.'],
  [v.nullable(v.number()), 'x', 'It must be a number.'],
  [v.picklist(['student', 'teacher']), 'wizard', 'It must be "student" or "teacher".'],
  [v.strictObject({ name: v.string() }), {}, 'It is missing.'],
  [v.strictObject({}), { begin: 1 }, 'There is no such field.'],
  [v.array(v.string()), {}, 'It must be a list.'],
])('tells people what is wrong, case %#', (schema, value, words) => {
  expect(told(schema, value)).toEqual([words]);
});

it('leaves a schema its own words', () => {
  expect(told(v.pipe(v.string(), v.regex(/^a/, 'It begins with an a.')), 'b')).toEqual([
    'It begins with an a.',
  ]);
});
