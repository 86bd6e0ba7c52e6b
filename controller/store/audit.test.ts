import { expect, it } from 'vitest';
import { differenceOf, withoutSecrets } from './audit.ts';

it('keeps no text that its name tells to be a secret, however deep', () => {
  expect(
    withoutSecrets({
      name: 'Lab',
      password: 'x',
      user: { newPassword: 'y', totpSecret: 'z', apiToken: 'hr_', hasToken: true },
      list: ['password'],
      none: null,
    }),
  ).toEqual({
    name: 'Lab',
    password: '(not kept)',
    user: { newPassword: '(not kept)', totpSecret: '(not kept)', apiToken: '(not kept)', hasToken: true },
    list: ['password'],
    none: null,
  });
});

it('tells the fields that differ, as they were and as they became', () => {
  const before = { id: 1, name: 'Lab', seats: [1], note: undefined };
  expect(differenceOf(before, { id: 1, name: 'Hall', seats: [1], note: 'x' })).toEqual({
    before: { name: 'Lab', note: null },
    after: { name: 'Hall', note: 'x' },
  });
});
