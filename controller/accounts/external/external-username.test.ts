import { describe, expect, it } from 'vitest';
import { externalUsernames } from './external-username.ts';

const allowed = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

describe('externalUsernames', () => {
  it('takes the first wish that is one, in small letters and without accents', () => {
    expect(externalUsernames(['', 'Zoë.Müller@School.Example'], 'id')[0]).toBe('zoe.muller@school.example');
  });

  it('has a second choice for who finds the first one taken', () => {
    const [first, second] = externalUsernames(['admin'], 'somebody');
    expect(first).toBe('admin');
    expect(second).toMatch(/^admin-[0-9a-f]{8}$/);
    expect(externalUsernames(['admin'], 'somebody else')[1]).not.toBe(second);
  });

  it('makes a name for who has none', () => {
    expect(externalUsernames(['', '!!!', '山田'], 'id')).toEqual([
      expect.stringMatching(/^person-[0-9a-f]{8}$/),
    ]);
  });

  it('makes only names that are allowed', () => {
    for (const wish of [
      `${'a'.repeat(70)}`,
      '-_-x',
      '../../etc',
      "o'neil; drop table",
      'ａｂｃ',
      '\u0000x',
      '_x_',
    ])
      for (const name of externalUsernames([wish], 'id')) expect(name).toMatch(allowed);
  });
});
