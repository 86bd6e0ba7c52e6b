import { describe, expect, it } from 'vitest';
import { escapeFilterValue, fillFilter } from './escape-filter-value.ts';

describe('escapeFilterValue', () => {
  it('leaves what user names are made of', () => {
    expect(escapeFilterValue('ana.maria_1-b@school.example')).toBe('ana.maria_1-b@school.example');
  });

  it('writes every byte that means something as two digits', () => {
    expect(escapeFilterValue('*()\\\0')).toBe('\\2a\\28\\29\\5c\\00');
    expect(escapeFilterValue('ü&|!=')).toBe('\\c3\\bc\\26\\7c\\21\\3d');
  });
});

describe('fillFilter', () => {
  it('lets nobody write a filter of their own', () => {
    const typed = '*)(uid=admin))(|(uid=*';
    const filled = fillFilter('(&(objectClass=person)(uid={username}))', { username: typed });
    expect(filled.match(/\(/g)).toHaveLength(3);
    expect(filled).not.toContain('*');
  });

  it('fills a name in wherever it stands, and once', () => {
    const values = { username: '{dn}', dn: 'cn=x' };
    expect(fillFilter('(|(uid={username})(mail={username})(x={other}))', values)).toBe(
      '(|(uid=\\7bdn\\7d)(mail=\\7bdn\\7d)(x={other}))',
    );
  });
});
