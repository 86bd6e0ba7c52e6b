/** Templates, pools and limits as admins change them. */
import { PoolEditor } from '@homeroom/controller/desktops/pool-editor.ts';
import { Pools } from '@homeroom/controller/desktops/pools.ts';
import { ProviderLimits } from '@homeroom/controller/desktops/provider-limits.ts';
import { TemplateEditor } from '@homeroom/controller/desktops/template-editor.ts';
import { Hosts } from '@homeroom/controller/providers/host/hosts.ts';
import { settingsChecks } from '@homeroom/controller/start/settings-checks.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noChanges, startTestServer, type TestServer } from '../../support/postgres.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Classroom, furnish, templateId } from '../sessions/classroom.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const changes = noChanges;
const editTemplates = (db: Database) => new TemplateEditor({ db, changes, settingsChecks });
const editPools = (db: Database) => new PoolEditor({ db, changes, pools: new Pools({ db }) });
const auditOf = (db: Database) =>
  db.query<{ action: string; before: unknown; after: unknown }>(
    'select action, before, after from audit_log order by id',
  );

it('makes a template with a pool that is empty until it is given a size', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const made = await editTemplates(db).create(
    { id: 'office', name: 'Office', provider: 'host', kind: 'xfce', settings: { width: 1920 } },
    systemActor,
  );
  expect(made).toMatchObject({
    id: 'office',
    version: 1,
    kind: 'xfce',
    settings: { width: 1920 },
    limitS: null,
  });
  expect(await new Pools({ db }).get('office')).toMatchObject({ warmMinimum: 0, maximum: 10 });
  const pool = await editPools(db).change('office', { warmMinimum: 3, maximum: 75 }, systemActor);
  expect(pool).toMatchObject({ warmMinimum: 3, maximum: 75, coldMaximum: 0 });
  expect(await auditOf(db)).toEqual([
    expect.objectContaining({ action: 'template.create' }),
    {
      action: 'pool.change',
      before: { warmMinimum: 0, maximum: 10 },
      after: { warmMinimum: 3, maximum: 75 },
    },
  ]);
});

it('raises the version only by what a desktop gets when it is made', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db);
  const editor = editTemplates(db);
  const change = async (patch: Parameters<typeof editor.change>[1]) =>
    (await editor.change(templateId, patch, systemActor)).version;
  expect(await change({ name: 'Renamed', limitS: 3600 })).toBe(1);
  expect(await change({ settings: { image: 'new' } })).toBe(2);
  expect(await change({ settings: { image: 'new' } })).toBe(2);
  expect(await change({ kind: 'kde' })).toBe(3);
  expect((await auditOf(db)).map(({ action }) => action)).toEqual(Array(3).fill('template.change'));
});

it('refuses what a provider cannot make, and changes nothing', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const editor = editTemplates(db);
  const office = { id: 'office', name: 'Office', provider: 'host' } as const;
  await expect(editor.create({ ...office, settings: { widht: 1 } }, systemActor)).rejects.toThrow(/widht/);
  await expect(editor.create({ ...office, provider: 'proxmox' }, systemActor)).rejects.toThrow(/not set up/);
  await editor.create(office, systemActor);
  await expect(editor.create(office, systemActor)).rejects.toMatchObject({ code: 'conflict' });
  await expect(editor.change('nowhere', { name: 'x' }, systemActor)).rejects.toMatchObject({
    code: 'template_unknown',
  });
  expect(await editor.get('office')).toMatchObject({ version: 1, settings: {} });
});

it('withdraws a template: its unused desktops go, and it may come back', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  const provider = await furnish(db, { minimum: 2 });
  await using room = new Classroom({ ...database, provider });
  room.start();
  await room.whenReady(2);
  const editor = new TemplateEditor({ db, changes: room.changes, settingsChecks });
  const { withdrawnAt } = await editor.change(templateId, { withdrawn: true }, systemActor);
  expect(withdrawnAt).not.toBeNull();
  await waitFor('none is ready', async () => (await room.countDesktops('gone')) === 2);
  expect(await editor.change(templateId, { withdrawn: false }, systemActor)).toMatchObject({
    withdrawnAt: null,
  });
  await room.whenReady(2);
});

it('refuses sizes of a pool that do not fit together, naming each', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await furnish(db, { minimum: 2, maximum: 4 });
  const wrong = { warmMinimum: 5, warmMaximum: 1 };
  await expect(editPools(db).change(templateId, wrong, systemActor)).rejects.toThrow(
    /maximum: .*warmMaximum: /,
  );
  await expect(editPools(db).change('nowhere', {}, systemActor)).rejects.toMatchObject({ code: 'not_found' });
  expect(await new Pools({ db }).get(templateId)).toMatchObject({ warmMinimum: 2, warmMaximum: null });
});

it('tells the limits of providers with their defaults, sets them and takes them back', async () => {
  await using database = await server.createDatabase();
  const limits = new ProviderLimits({ db: database.db, changes });
  const proxmox = { provider: 'proxmox', storage: '', atOnce: 8, isDefault: true, busy: 0 };
  expect((await limits.list()).find(({ provider }) => provider === 'proxmox')).toEqual(proxmox);
  await limits.set('proxmox', { storage: 'ceph', atOnce: 2 }, systemActor);
  expect(await limits.set('proxmox', { storage: '', atOnce: 5 }, systemActor)).toEqual([
    { ...proxmox, atOnce: 5, isDefault: false },
    { ...proxmox, storage: 'ceph', atOnce: 2, isDefault: false },
  ]);
  await limits.set('proxmox', { storage: 'ceph', atOnce: null }, systemActor);
  expect(await limits.set('proxmox', { storage: '', atOnce: null }, systemActor)).toEqual([proxmox]);
});

it('empties a host: what nobody uses goes at once, what is used stays', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await db.query(`insert into templates (id, name, provider) values ('desktop', 'Desktop', 'host')`);
  await db.query(
    `insert into devices (id, name, host_consent, host_decided_at) values ('pi-1', 'Attic', 'allowed', now())`,
  );
  await db.query(`insert into hosts (device_id, capacity, kinds) values ('pi-1', 10, '{openbox,xfce}')`);
  await db.query(
    `insert into desktops (template_id, provider, host_id, state)
     values ('desktop', 'host', 'pi-1', 'ready'), ('desktop', 'host', 'pi-1', 'claimed')`,
  );
  const hosts = new Hosts({ db, changes });
  expect((await hosts.page(wholeList)).items).toEqual([
    {
      id: 'pi-1',
      name: 'Attic',
      kinds: ['openbox', 'xfce'],
      capacity: 10,
      used: 2,
      load: 0,
      healthy: true,
      draining: false,
      consent: 'allowed',
      faults: [],
      seenAt: expect.any(String),
    },
  ]);
  expect(await hosts.drain('pi-1', true, systemActor)).toMatchObject({ draining: true });
  expect(await db.query('select state from desktops order by state')).toEqual([
    { state: 'claimed' },
    { state: 'deleting' },
  ]);
  await hosts.drain('pi-1', true, systemActor);
  await hosts.drain('pi-1', false, systemActor);
  expect((await auditOf(db)).map(({ action }) => action)).toEqual(['host.drain', 'host.use']);
  await expect(hosts.drain('nowhere', true, systemActor)).rejects.toMatchObject({ code: 'not_found' });
});
