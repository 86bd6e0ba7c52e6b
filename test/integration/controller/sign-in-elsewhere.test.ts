/** A controller that is told both by its settings: an OpenID provider, a directory. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { clientId, clientSecret, IdentityServer } from '../../support/identity/identity-server.ts';
import { OpenLdap, peopleDn, service } from '../../support/identity/open-ldap.ts';
import { visitProvider } from '../../support/identity/visit-provider.ts';
import { ControllerFolder } from './support/controller-process.ts';

let folder: ControllerFolder;
let identity: IdentityServer;
let ldap: OpenLdap;
let origin: string;
beforeAll(async () => {
  folder = await ControllerFolder.make();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  ldap = await OpenLdap.start();
  await ldap.addGroup('Staff', [await ldap.addPerson('ana', 'hers')]);
  identity = await IdentityServer.start({
    people: { ben: { preferred_username: 'ben', name: 'Ben', groups: ['it'] } },
    redirectUris: [`${origin}/sign-in/oidc`],
  });
  const controller = folder.start({
    HOMEROOM_PORT: String(port),
    HOMEROOM_OIDC_ISSUER: identity.issuer,
    HOMEROOM_OIDC_CLIENT_ID: clientId,
    HOMEROOM_OIDC_CLIENT_SECRET: clientSecret,
    HOMEROOM_OIDC_ROLES: 'it=admin',
    HOMEROOM_LDAP_URL: ldap.url,
    HOMEROOM_LDAP_BASE_DN: peopleDn,
    HOMEROOM_LDAP_BIND_DN: service.dn,
    HOMEROOM_LDAP_BIND_PASSWORD: service.password,
    HOMEROOM_LDAP_ROLES: 'staff=teacher',
  });
  await controller.untilReady();
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await identity.stop();
  await ldap[Symbol.asyncDispose]();
});

const post = (path: string, body?: unknown, cookie = '') =>
  fetch(`${origin}/api/v1${path}`, {
    method: 'POST',
    headers: { origin, cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });

it('lets people in by each, and its own people by neither when both are away', async () => {
  const begun = await post('/sign-in/oidc');
  const { url } = JSON.parse(await begun.text());
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const byProvider = await post('/sign-in/oidc/finish', { answer: await visitProvider(url, 'ben') }, cookie);
  expect(await byProvider.json()).toMatchObject({ user: { username: 'ben', role: 'admin' } });
  const byDirectory = await post('/sign-in', { username: 'ana', password: 'hers' });
  expect(await byDirectory.json()).toMatchObject({ user: { username: 'ana', role: 'teacher' } });

  await Promise.all([identity.stop(), ldap.end()]);
  const away = await post('/sign-in', { username: 'ana', password: 'hers' });
  expect(await away.json()).toMatchObject({ status: 503, code: 'directory_unavailable' });
  const own = await post('/sign-in', { username: 'student', password: 'first password' });
  expect(await own.json()).toMatchObject({ user: { username: 'student' } });
});
