import { HomeroomError } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import type { ExternalPerson } from '../external/external-person.ts';
import { createSealKey, Sealer } from '../second-step/sealer.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { OidcSignIn } from './oidc-sign-in.ts';

const flow = { state: 's', nonce: 'n', verifier: 'v', redirectUri: 'https://desks.example/sign-in/oidc' };
const account = {
  id: '1',
  username: 'ana',
  displayName: 'Ana',
  role: 'student',
  account: 'ana',
  posixUid: 20_000,
} as const;

function setUp({ rows = [] as unknown[] } = {}) {
  const asked: unknown[] = [];
  const entered: ExternalPerson[] = [];
  const provider: IdentityProvider = {
    begin: async (redirectUri) => ({ url: 'https://login.example/auth', flow: { ...flow, redirectUri } }),
    finish: async (told, answer) => {
      asked.push([told, answer.get('code')]);
      return { sub: '42', name: 'Ana' };
    },
    signOutUrl: async (returnTo) => {
      if (returnTo.startsWith('https://away')) throw new HomeroomError('sign_in_provider_unavailable');
      return `https://login.example/end?to=${returnTo}`;
    },
  };
  const query = async <Row>(): Promise<Row[]> => rows as Row[];
  let nowMs = 1_000;
  const signIn = new OidcSignIn({
    db: { query },
    provider,
    people: {
      enter: async (person) => {
        entered.push(person);
        return account;
      },
    },
    sealer: new Sealer(createSealKey()),
    rules: { groupsClaim: 'groups', roles: {} },
    name: 'School',
    now: () => nowMs,
  });
  return { signIn, asked, entered, wait: (ms: number) => (nowMs += ms) };
}

describe('OidcSignIn', () => {
  it('ends with the person whom the provider names what began in the same browser', async () => {
    const { signIn, asked, entered } = setUp();
    const { sealed, url } = await signIn.begin('https://desks.example');
    expect(url).toBe('https://login.example/auth');
    expect(await signIn.finish(sealed, 'code=c&state=s', null)).toBe(account);
    expect(asked).toEqual([[flow, 'c']]);
    expect(entered).toMatchObject([{ source: 'oidc', externalId: '42', role: 'student' }]);
  });

  it('gives the browser nothing that it could read', async () => {
    const { sealed } = await setUp().signIn.begin('https://desks.example');
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
  });

  it('asks the provider nothing for a browser that began nothing, or brings what is not ours', async () => {
    const { signIn, asked } = setUp();
    const other = await setUp().signIn.begin('https://desks.example');
    for (const sealed of ['', 'v1.AAAA', other.sealed])
      await expect(signIn.finish(sealed, 'code=c&state=s', null)).rejects.toMatchObject({
        code: 'sign_in_provider_over',
      });
    expect(asked).toEqual([]);
  });

  it('ends what took too long', async () => {
    const { signIn, asked, wait } = setUp();
    const { sealed } = await signIn.begin('https://desks.example');
    wait(15 * 60_000 + 1);
    await expect(signIn.finish(sealed, 'code=c', null)).rejects.toMatchObject({
      code: 'sign_in_provider_over',
    });
    expect(asked).toEqual([]);
  });

  it('sends only people of the provider there to sign out, and nobody while it is away', async () => {
    expect(await setUp().signIn.signOutUrl('1', 'https://desks.example')).toBeUndefined();
    const { signIn } = setUp({ rows: [{}] });
    expect(await signIn.signOutUrl('1', 'https://desks.example')).toBe(
      'https://login.example/end?to=https://desks.example/',
    );
    expect(await signIn.signOutUrl('1', 'https://away.example')).toBeUndefined();
  });
});
