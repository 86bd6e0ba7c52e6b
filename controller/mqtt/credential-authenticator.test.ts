import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Login } from './authenticator.ts';
import { CredentialAuthenticator } from './credential-authenticator.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const devices: Record<string, string> = {
  'pi-1': hash('device password'),
  observer: hash('x'),
  claim: hash('x'),
};
const tokens: Record<string, string> = { abcd1234: hash('token secret') };
const authenticator = new CredentialAuthenticator({
  source: { deviceHash: async (id) => devices[id], claimHash: async (id) => tokens[id] },
  observerPassword: 'observer password',
  controllerPassword: 'controller password',
});
const nonce = 'a1b2c3d4e5f6a7b8';

const login = (given: Partial<Login>) =>
  authenticator.authenticate({ clientId: '', username: '', password: '', address: '127.0.0.1', ...given });

describe('a device', () => {
  it('comes in with its id as user name and client id, and its password', async () => {
    const identity = await login({ clientId: 'pi-1', username: 'pi-1', password: 'device password' });
    expect(identity).toEqual({ kind: 'device', device: 'pi-1' });
  });

  it.each([
    { clientId: 'pi-1', username: 'pi-1', password: 'wrong' },
    { clientId: 'pi-1', username: 'pi-1', password: '' },
    { clientId: 'pi-2', username: 'pi-1', password: 'device password' },
    { clientId: 'pi-2', username: 'pi-2', password: 'device password' },
    { clientId: 'pi-1', username: '', password: 'device password' },
    { clientId: '__proto__', username: '__proto__', password: 'x' },
  ])('is refused as %o', async (given) => {
    expect(await login(given)).toBeUndefined();
  });
});

describe('a claim', () => {
  it('comes in with its token', async () => {
    const identity = await login({
      clientId: `enrol-${nonce}`,
      username: 'claim-abcd1234',
      password: 'token secret',
    });
    expect(identity).toEqual({ kind: 'claim', nonce });
  });

  it('comes in without a token too, to be answered by the policy', async () => {
    const identity = await login({ clientId: `enrol-${nonce}`, username: 'claim', password: 'claim' });
    expect(identity).toEqual({ kind: 'claim', nonce });
  });

  it.each([
    { clientId: `enrol-${nonce}`, username: 'claim-abcd1234', password: 'wrong' },
    { clientId: `enrol-${nonce}`, username: 'claim-00000000', password: 'token secret' },
    { clientId: 'pi-1', username: 'claim-abcd1234', password: 'token secret' },
    { clientId: 'enrol-short', username: 'claim', password: 'claim' },
    { clientId: 'enrol-+/reply/aaaaaaaaaaaaaa', username: 'claim', password: 'claim' },
    { clientId: 'claim', username: 'claim', password: 'x' },
  ])('is refused as %o', async (given) => {
    expect(await login(given)).toBeUndefined();
  });
});

describe('the observer', () => {
  it('comes in under any client id', async () => {
    const identity = await login({
      clientId: 'explorer',
      username: 'observer',
      password: 'observer password',
    });
    expect(identity).toEqual({ kind: 'observer' });
  });

  it('is never a device of that name', async () => {
    expect(await login({ clientId: 'observer', username: 'observer', password: 'x' })).toBeUndefined();
  });

  it('does not exist without a password', async () => {
    const closed = new CredentialAuthenticator({
      source: { deviceHash: async () => undefined, claimHash: async () => undefined },
    });
    const identity = closed.authenticate({ clientId: 'a', username: 'observer', password: '', address: '' });
    expect(await identity).toBeUndefined();
  });
});

it('knows no controller: its stream needs no credential', async () => {
  expect(await login({ clientId: 'controller', username: 'controller', password: '' })).toBeUndefined();
});

describe('another process of the controller', () => {
  it('comes in with its password', async () => {
    const given = { clientId: 'controller_1', username: 'controller', password: 'controller password' };
    expect(await login(given)).toEqual({ kind: 'controller' });
    expect(await login({ ...given, password: 'observer password' })).toBeUndefined();
  });

  it('is refused where none is expected', async () => {
    const source = { deviceHash: async () => undefined, claimHash: async () => undefined };
    const alone = new CredentialAuthenticator({ source });
    const given = { clientId: 'c', username: 'controller', password: '', address: '127.0.0.1' };
    expect(await alone.authenticate(given)).toBeUndefined();
  });
});
