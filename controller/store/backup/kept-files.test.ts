import { expect, it } from 'vitest';
import { isKeptName } from './kept-files.ts';

it.each([
  'controller/admin-token',
  'controller/tls/ca-key.pem',
  'agents/host/credential.json',
  'config.json',
])('takes %s', (name) => expect(isKeptName(name)).toBe(true));

it.each([
  '../etc/passwd',
  '/etc/passwd',
  'controller/../x',
  'controller/tls/../../x',
  'controller/postgres/PG_VERSION',
  'controller/address.json',
  'controller/.hidden',
  'agents/../credential.json',
  'agents/host/other.json',
  'controller',
])('refuses %s', (name) => expect(isKeptName(name)).toBe(false));
