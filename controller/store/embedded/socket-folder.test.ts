import { parse } from 'pg-connection-string';
import { expect, it } from 'vitest';
import { isShortEnough, socketUrl } from './socket-folder.ts';

it('counts the bytes of the whole path, name of the socket included', () => {
  expect(isShortEnough(`/${'x'.repeat(107 - '//.s.PGSQL.5432'.length)}`)).toBe(true);
  expect(isShortEnough(`/${'x'.repeat(108 - '//.s.PGSQL.5432'.length)}`)).toBe(false);
  expect(isShortEnough(`/${'ä'.repeat(60)}`)).toBe(false);
});

it('makes a URL that pg understands, whatever is in the path', () => {
  expect(parse(socketUrl('/srv/my school/ä&b', 'homeroom'))).toMatchObject({
    host: '/srv/my school/ä&b',
    port: '5432',
    user: 'homeroom',
    database: 'homeroom',
  });
});
