import { expect, it } from 'vitest';
import { parsePostmasterPid } from './postmaster-pid.ts';

/** As PostgreSQL 18 writes it. */
const text = `18794
/srv/homeroom/postgres
1795194057
5432
/srv/homeroom/postgres-socket

  6559183        12
ready   
`;

it('reads what a running server writes', () => {
  expect(parsePostmasterPid(text)).toEqual({
    pid: 18_794,
    dataFolder: '/srv/homeroom/postgres',
    port: 5_432,
    socketFolder: '/srv/homeroom/postgres-socket',
    isReady: true,
  });
});

it('tells a server that still starts', () => {
  expect(parsePostmasterPid(text.replace('ready   ', 'starting'))?.isReady).toBe(false);
  expect(parsePostmasterPid('18794\n/srv/homeroom/postgres\n')?.isReady).toBe(false);
});

it('takes a file that is half written, or none of a server’s, for none', () => {
  expect(parsePostmasterPid('')).toBeUndefined();
  expect(parsePostmasterPid('187')).toBeUndefined();
  expect(parsePostmasterPid('hello\nworld\n')).toBeUndefined();
});
