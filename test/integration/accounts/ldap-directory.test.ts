import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import {
  LdapDirectory,
  type LdapDirectoryOptions,
} from '@homeroom/controller/accounts/ldap/ldap-directory.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { baseDn, groupsDn, OpenLdap, peopleDn, service } from '../../support/identity/open-ldap.ts';
import { silentLogger } from '../../support/postgres.ts';

let server: OpenLdap;
beforeAll(async () => {
  server = await OpenLdap.start();
  const ana = await server.addPerson('ana', 'right', {
    mail: 'ana@school.example',
    displayName: 'Ana Maria',
  });
  const ben = await server.addPerson('ben', 'bens', { mail: 'shared@school.example' });
  await server.addPerson('cid', 'cids', { mail: 'shared@school.example' });
  await server.addGroup('Staff', [ana]);
  await server.addGroup('Class 7b', [ana, ben]);
});
afterAll(() => server[Symbol.asyncDispose]());

const unavailable = { code: 'directory_unavailable', retryAfterS: 10 };

function directoryOf(options: Partial<LdapDirectoryOptions> = {}): LdapDirectory {
  return new LdapDirectory({
    url: server.url,
    hasStartTls: false,
    ca: server.caPem,
    bind: service,
    baseDn: peopleDn,
    userFilter: '(uid={username})',
    attributes: { id: 'entryUUID', username: 'uid', displayName: 'displayName', mail: 'mail' },
    groups: 'memberOf',
    groupBaseDn: groupsDn,
    logger: silentLogger,
    ...options,
  });
}

it('is asked of a server without rights', async () => {
  if (process.getuid?.() === 0) expect(await server.uid()).toBe(65_534);
});

it('finds a person with what they are called, and the groups that the server keeps', async () => {
  const found = await directoryOf().find('ana');
  expect(found).toEqual({
    dn: `uid=ana,${peopleDn}`,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    username: 'ana',
    displayName: 'Ana Maria',
    mail: 'ana@school.example',
    groups: expect.arrayContaining([
      { dn: `cn=Staff,${groupsDn}`, name: 'Staff' },
      { dn: `cn=Class 7b,${groupsDn}`, name: 'Class 7b' },
    ]),
  });
  expect(await directoryOf().find('ANA')).toEqual(found);
});

it('finds groups by a search, too', async () => {
  const found = await directoryOf({ groups: '(&(objectClass=groupOfNames)(member={dn}))' }).find('ben');
  expect(found?.groups).toEqual([{ dn: `cn=Class 7b,${groupsDn}`, name: 'Class 7b' }]);
});

it('takes what is typed for a name, whatever it looks like', async () => {
  const tricks = [
    '*',
    'a*',
    'ana)(objectClass=*',
    '*)(uid=*))(|(uid=*',
    'ana\0',
    '\\61na',
    'ana)(|(uid=*)',
    '',
  ];
  for (const typed of tricks) expect(await directoryOf().find(typed), typed).toBeUndefined();
});

it('knows nobody by a name that two have', async () => {
  const byMail = directoryOf({ userFilter: '(|(uid={username})(mail={username}))' });
  expect(await byMail.find('shared@school.example')).toBeUndefined();
  expect((await byMail.find('ana@school.example'))?.username).toBe('ana');
});

it('has the server check a password, and takes an empty one for wrong', async () => {
  const dn = `uid=ana,${peopleDn}`;
  expect(await directoryOf().isPassword(dn, 'right')).toBe(true);
  expect(await directoryOf().isPassword(dn, 'wrong')).toBe(false);
  expect(await directoryOf().isPassword(dn, '')).toBe(false);
  expect(await directoryOf().isPassword(`uid=nobody,${peopleDn}`, 'right')).toBe(false);
});

it('reads what Active Directory calls people by, whatever bytes that is', async () => {
  await server.addPerson('dora', 'doras', {
    objectClass: ['inetOrgPerson', 'adUser'],
    sAMAccountName: 'Dora',
    objectGUID: 'ABCDEFGHIJKLMNOP',
  });
  const asInAd = directoryOf({
    userFilter: '(&(objectClass=adUser)(sAMAccountName={username}))',
    attributes: { id: 'objectGUID', username: 'sAMAccountName', displayName: 'displayName', mail: 'mail' },
  });
  expect(await asInAd.find('dora')).toMatchObject({
    id: Buffer.from('ABCDEFGHIJKLMNOP').toString('hex'),
    username: 'Dora',
  });
});

it('speaks TLS from the first byte or from the first word, with the authority of the settings alone', async () => {
  for (const tls of [{ url: server.tlsUrl }, { hasStartTls: true }]) {
    expect((await directoryOf(tls).find('ana'))?.username).toBe('ana');
    await expect(directoryOf({ ...tls, ca: undefined }).find('ana')).rejects.toMatchObject(unavailable);
  }
});

it('refuses a certificate that was made for another name', async () => {
  for (const tls of [{ url: server.misnamed.tls }, { url: server.misnamed.plain, hasStartTls: true }])
    await expect(directoryOf(tls).check()).rejects.toMatchObject({
      code: 'directory_unavailable',
      cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
});

it('says nothing before TLS stands: a server without it hears no password', async () => {
  const heard: Buffer[] = [];
  const plain = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard.push(data);
      socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const { port } = plain.address() as AddressInfo;
  const asked = directoryOf({ url: `ldap://127.0.0.1:${port}`, hasStartTls: true });
  await expect(asked.check()).rejects.toMatchObject(unavailable);
  await expect(asked.isPassword('uid=ana', 'right')).rejects.toMatchObject(unavailable);
  plain.close();
  const text = Buffer.concat(heard).toString('latin1');
  expect(text).not.toContain(service.password);
  expect(text).not.toContain('right');
});

it('follows no referral', async () => {
  let visits = 0;
  const other = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const dn = `ou=elsewhere,${peopleDn}`;
  await server.add(dn, {
    objectClass: ['referral', 'extensibleObject'],
    ou: 'elsewhere',
    ref: `ldap://127.0.0.1:${port}/${peopleDn}`,
  });
  expect((await directoryOf().find('ana'))?.username).toBe('ana');
  expect(await directoryOf().find('nobody')).toBeUndefined();
  expect(await directoryOf().isPassword(`uid=eve,${dn}`, 'hers')).toBe(false);
  other.close();
  expect(visits).toBe(0);
});

it('is unavailable, and nobody’s password wrong, where the settings do not hold', async () => {
  await expect(directoryOf({ bind: { ...service, password: 'wrong' } }).find('ana')).rejects.toMatchObject(
    unavailable,
  );
  await expect(directoryOf({ baseDn: `ou=away,${baseDn}` }).find('ana')).rejects.toMatchObject(unavailable);
  const attributes = { id: 'employeeNumber', username: 'uid', displayName: 'cn', mail: 'mail' };
  await expect(directoryOf({ attributes }).find('ana')).rejects.toMatchObject(unavailable);
});
