import { expect, it } from 'vitest';
import { whomToAsk } from './whom-to-ask.ts';

const person = (displayName: string, role: 'teacher' | 'admin', disabled = false) => ({
  displayName,
  role,
  disabled,
});

it('names the admins who may still come in', () => {
  const people = [person('Ada', 'admin'), person('Bob', 'teacher'), person('Cyd', 'admin', true)];
  expect(whomToAsk(people)).toBe('Ada');
  expect(whomToAsk([...people, person('Dan', 'admin')])).toBe('Ada or Dan');
});

it('names no crowd, and nobody where nobody is known', () => {
  expect(whomToAsk([])).toBe('an admin of Homeroom');
  expect(whomToAsk(['A', 'B', 'C', 'D'].map((name) => person(name, 'admin')))).toBe('an admin of Homeroom');
});
