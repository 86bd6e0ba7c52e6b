import { expect, it } from 'vitest';
import { problemText } from './problem-text.ts';

const problem = { type: '', title: 'This user name is taken.', status: 409, code: 'user_name_taken' };

it('tells what is wrong, what to do and the code, each on a line', () => {
  expect(problemText({ ...problem, remedy: 'Choose another one.' })).toBe(
    'This user name is taken.\nChoose another one.\n(user_name_taken)',
  );
  expect(problemText({ ...problem, detail: 'there is one' })).toBe('there is one.\n(user_name_taken)');
});

it('names each wrong field instead of a remedy that speaks of fields', () => {
  const errors = [
    { field: 'username', message: 'It is too long.' },
    { field: 'role', message: 'no such role' },
  ];
  expect(problemText({ ...problem, code: 'request_invalid', remedy: 'Mend each field.', errors })).toBe(
    'username: It is too long.\nrole: no such role.\n(request_invalid)',
  );
});
