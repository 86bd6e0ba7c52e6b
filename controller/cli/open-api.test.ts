import { expect, it } from 'vitest';
import { CliFault } from './cli-fault.ts';
import { openApi } from './open-api.ts';

const readFile = (path: string) => (path.endsWith('admin-token') ? 'the token of an admin' : undefined);
const open = (environment: Record<string, string>) => () =>
  openApi({ environment, root: '/srv/homeroom', readFile });

it('sends the token of the data folder nowhere without TLS', () => {
  expect(open({ HOMEROOM_URL: 'http://127.0.0.1:8080' })).toThrow(CliFault);
  expect(open({ HOMEROOM_URL: 'https://school.example' })).not.toThrow();
});

it('sends a token that was given by hand without TLS to this machine alone', () => {
  const given = { HOMEROOM_TOKEN: 'hr_x' };
  for (const url of ['http://127.0.0.1:8080', 'http://localhost', 'http://[::1]:1', 'https://school.example'])
    expect(open({ ...given, HOMEROOM_URL: url })).not.toThrow();
  for (const url of ['http://school.example', 'http://127.0.0.1.evil.example', 'ftp://localhost', 'school'])
    expect(open({ ...given, HOMEROOM_URL: url })).toThrow(CliFault);
});

it('says which token and which certificate are missing', () => {
  expect(() => openApi({ environment: {}, root: '/srv/homeroom', readFile: () => undefined })).toThrow(
    /There is no \/srv\/homeroom\/\.homeroom\/controller\/admin-token/,
  );
  const environment = {
    HOMEROOM_URL: 'https://a.example',
    HOMEROOM_TOKEN: 'hr_x',
    HOMEROOM_CA: '/no/ca.pem',
  };
  expect(open(environment)).toThrow('HOMEROOM_CA /no/ca.pem cannot be read.');
});
