import { expect, it } from 'vitest';
import { basicCredentialOf, bearerTokenOf } from './authorization.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

it('reads a bearer token, whatever the case of the scheme', () => {
  expect(bearerTokenOf('Bearer hr_abc')).toBe('hr_abc');
  expect(bearerTokenOf('bearer  hr_abc')).toBe('hr_abc');
});

it.each([undefined, '', 'Bearer', 'Bearer ', 'Bearer a b', basic('a:b'), `Bearer ${'x'.repeat(600)}`])(
  'finds no bearer token in %j',
  (header) => {
    expect(bearerTokenOf(header)).toBeUndefined();
  },
);

it('reads user name and password; the password may hold colons', () => {
  expect(basicCredentialOf(basic('seat-1:a:b'))).toEqual({ username: 'seat-1', password: 'a:b' });
});

it.each([undefined, '', 'Basic', 'Basic !!', basic('no colon'), 'Bearer abc'])(
  'finds no credential in %j',
  (header) => {
    expect(basicCredentialOf(header)).toBeUndefined();
  },
);
