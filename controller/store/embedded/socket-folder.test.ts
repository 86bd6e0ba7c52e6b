import { expect, it } from 'vitest';
import { isShortEnough, socketUrl } from './socket-folder.ts';

it('counts the bytes of the whole path, name of the socket included', () => {
  expect(isShortEnough(`/${'x'.repeat(107 - '//.s.PGSQL.5432'.length)}`)).toBe(true);
  expect(isShortEnough(`/${'x'.repeat(108 - '//.s.PGSQL.5432'.length)}`)).toBe(false);
  expect(isShortEnough(`/${'ä'.repeat(60)}`)).toBe(false);
});

it('makes a URL that stays whole whatever is in the path', () => {
  const url = socketUrl('/srv/my school/ä&b', 'homeroom');
  const { username, pathname, searchParams } = new URL(url.replace('@/', '@socket/'));
  expect([username, pathname]).toEqual(['homeroom', '/homeroom']);
  expect(Object.fromEntries(searchParams)).toEqual({ host: '/srv/my school/ä&b', port: '5432' });
});
