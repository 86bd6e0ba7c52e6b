import { OpenIdProvider } from '@homeroom/controller/accounts/oidc/openid-provider.ts';
import { expect, it } from 'vitest';
import { clientId, clientSecret, IdentityServer } from '../../support/identity/identity-server.ts';
import { visitProvider } from '../../support/identity/visit-provider.ts';

const redirectUri = 'https://desks.example/sign-in/oidc';
const invalid = { code: 'sign_in_provider_invalid' };

async function setUp() {
  const identity = await IdentityServer.start({
    people: { ana: {} },
    redirectUris: [redirectUri],
    signOutUris: ['https://desks.example/'],
  });
  const provider = new OpenIdProvider({
    issuer: identity.issuer,
    clientId,
    clientSecret,
    scopes: ['profile'],
  });
  /** A sign-in up to where the browser comes back. */
  const arrive = async () => {
    const { url, flow } = await provider.begin(redirectUri);
    return { flow, answer: new URLSearchParams(await visitProvider(url, 'ana')) };
  };
  return { identity, provider, arrive, [Symbol.asyncDispose]: () => identity.stop() };
}

it('refuses a token that was made for another sign-in', async () => {
  await using part = await setUp();
  const { flow, answer } = await part.arrive();
  await expect(part.provider.finish({ ...flow, nonce: 'another' }, answer)).rejects.toMatchObject(invalid);
});

it('is let in by nobody else’s code: the proof of who asked for it does not fit', async () => {
  await using part = await setUp();
  const { flow, answer } = await part.arrive();
  const other = await part.provider.begin(redirectUri);
  const stolen = part.provider.finish({ ...flow, verifier: other.flow.verifier }, answer);
  await expect(stolen).rejects.toMatchObject({ code: 'sign_in_provider_over' });
});

it('refuses an answer that names another issuer', async () => {
  await using part = await setUp();
  const { flow, answer } = await part.arrive();
  answer.set('iss', 'https://elsewhere.example');
  await expect(part.provider.finish(flow, answer)).rejects.toMatchObject(invalid);
});

it('bears clocks that differ by most of a minute, and refuses tokens that are over', async () => {
  await using part = await setUp();
  const near = await part.arrive();
  // Tokens of this provider are good for a minute: this one is over by 40 s.
  part.identity.behindMs = 100_000;
  expect((await part.provider.finish(near.flow, near.answer)).sub).toBe('ana');
  const far = await part.arrive();
  part.identity.behindMs = 600_000;
  await expect(part.provider.finish(far.flow, far.answer)).rejects.toMatchObject(invalid);
});

it('goes on when the provider changes its keys', async () => {
  await using part = await setUp();
  const before = await part.arrive();
  expect((await part.provider.finish(before.flow, before.answer)).sub).toBe('ana');
  part.identity.changeKeys();
  const after = await part.arrive();
  expect((await part.provider.finish(after.flow, after.answer)).sub).toBe('ana');
});

it('asks for what the provider is once for many sign-ins', async () => {
  await using part = await setUp();
  await part.provider.begin(redirectUri);
  await part.provider.begin(redirectUri);
  expect(part.identity.asked.get('/.well-known/openid-configuration')).toBe(1);
});

it('knows where to sign out at the provider', async () => {
  await using part = await setUp();
  const url = new URL((await part.provider.signOutUrl('https://desks.example/')) ?? '');
  expect(url.origin).toBe(part.identity.issuer);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: clientId,
    post_logout_redirect_uri: 'https://desks.example/',
  });
});
