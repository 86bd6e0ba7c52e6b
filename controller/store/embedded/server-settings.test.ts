import { expect, it } from 'vitest';
import { initArguments, serverArguments } from './server-settings.ts';

const place = { dataFolder: '/srv/data', socketFolder: '/srv/socket', port: 5_432, isDurable: true };

it('listens on the socket of its folder alone', () => {
  const args = serverArguments(place);
  expect(args.slice(0, 2)).toEqual(['-D', '/srv/data']);
  expect(args).toEqual(
    expect.arrayContaining([
      'listen_addresses=',
      'unix_socket_permissions=0700',
      'unix_socket_directories=/srv/socket',
      'port=5432',
    ]),
  );
});

it('gives up safety against a power cut in tests alone', () => {
  expect(serverArguments(place)).not.toContain('fsync=off');
  expect(serverArguments({ ...place, isDurable: false })).toContain('fsync=off');
  expect(initArguments('/srv/data', true)).not.toContain('--no-sync');
  expect(initArguments('/srv/data', false)).toContain('--no-sync');
});

it('orders letters alike on every machine', () => {
  expect(initArguments('/srv/data', true)).toEqual(expect.arrayContaining(['--builtin-locale=C.UTF-8']));
});
