/** Which host a desktop goes to: by what it offers, what it has room for and what it has to do. */
import { randomUUID } from 'node:crypto';
import type { DesktopSpec } from '@homeroom/controller/desktops/provider.ts';
import { HostProvider } from '@homeroom/controller/providers/host/host-provider.ts';
import type { Database } from '@homeroom/controller/store/database.ts';
import { HomeroomError } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger, startTestServer, type TestServer } from '../../support/postgres.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Placing asks no agent. */
const commands = { send: () => Promise.reject(new HomeroomError('device_offline')) };
const provide = (db: Database) => new HostProvider({ db, commands, logger: silentLogger });

interface HostRow {
  readonly kinds?: readonly string[];
  readonly capacity?: number;
  readonly load?: number;
  readonly healthy?: boolean;
  readonly draining?: boolean;
}

async function addHost(db: Database, id: string, row: HostRow = {}): Promise<void> {
  const { kinds = ['openbox'], capacity = 500, load = 0, healthy = true, draining = false } = row;
  await db.query(
    `insert into devices (id, name, host_consent, host_decided_at) values ($1, $1, 'allowed', now())`,
    [id],
  );
  await db.query(
    `insert into hosts (device_id, kinds, capacity, load, healthy, draining) values ($1, $2, $3, $4, $5, $6)`,
    [id, kinds, capacity, load, healthy, draining],
  );
}

async function addTemplate(
  db: Database,
  id: string,
  kind: string | null,
  hostCapacity: number | null = null,
) {
  const sql = `insert into templates (id, name, provider, kind, host_capacity) values ($1, $1, 'host', $2, $3)`;
  await db.query(sql, [id, kind, hostCapacity]);
}

/** @returns where the provider places so many new desktops, one after the other; undefined for none. */
async function place(db: Database, templateId: string, count: number): Promise<(string | undefined)[]> {
  const [template] = await db.query<{ kind: string | null }>('select kind from templates where id = $1', [
    templateId,
  ]);
  const placed: (string | undefined)[] = [];
  for (let each = 0; each < count; each += 1) {
    const id = randomUUID();
    await db.query(
      `insert into desktops (id, template_id, provider, state, deadline_at)
       values ($1, $2, 'host', 'creating', now() + interval '1 hour')`,
      [id, templateId],
    );
    const spec: DesktopSpec = {
      id,
      templateId,
      settings: {},
      kind: template?.kind ?? null,
      ref: null,
      hostId: null,
      isAssigned: false,
    };
    placed.push((await provide(db).create(spec, AbortSignal.timeout(10_000))).hostId);
  }
  return placed;
}

it('places a desktop only where its kind is offered, and one without a kind anywhere', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await addHost(db, 'plain');
  await addHost(db, 'rich', { kinds: ['openbox', 'xfce'] });
  await addTemplate(db, 'xfce', 'xfce');
  await addTemplate(db, 'any', null);
  await addTemplate(db, 'kde', 'kde');
  expect(await place(db, 'xfce', 3)).toEqual(['rich', 'rich', 'rich']);
  expect(await place(db, 'any', 3)).toEqual(['plain', 'plain', 'plain']);
  expect(await place(db, 'kde', 1)).toEqual([undefined]);
});

it.each([
  ['xfce', 75],
  ['kde', 50],
  ['gnome', 50],
])('gives one host no more sessions of %s than %i', async (kind, most) => {
  await using database = await server.createDatabase();
  const { db } = database;
  await addHost(db, 'big', { kinds: ['openbox', kind] });
  await addTemplate(db, 'template', kind);
  await db.query(
    `insert into desktops (template_id, provider, state, host_id, ready_at)
     select 'template', 'host', 'ready', 'big', now() from generate_series(1, $1)`,
    [most - 1],
  );
  expect(await place(db, 'template', 2)).toEqual(['big', undefined]);
});

it('keeps to the number of the template, and to the host’s own', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await addHost(db, 'big');
  await addTemplate(db, 'heavy', null, 2);
  await addTemplate(db, 'light', null);
  expect(await place(db, 'heavy', 3)).toEqual(['big', 'big', undefined]);
  expect(await place(db, 'light', 1)).toEqual(['big']);
  await db.query('update hosts set capacity = 4');
  expect(await place(db, 'light', 2)).toEqual(['big', undefined]);
});

it('chooses the emptiest host of the kind, then the one with the least to do', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await addHost(db, 'a-busy', { kinds: ['xfce'], capacity: 10, load: 0.9 });
  await addHost(db, 'b-idle', { kinds: ['xfce'], capacity: 10, load: 0.1 });
  await addHost(db, 'c-other', { kinds: ['kde'], capacity: 100 });
  await addTemplate(db, 'xfce', 'xfce');
  expect(await place(db, 'xfce', 4)).toEqual(['b-idle', 'a-busy', 'b-idle', 'a-busy']);
});

it('leaves out hosts that are not well or are being emptied', async () => {
  await using database = await server.createDatabase();
  const { db } = database;
  await addHost(db, 'ill', { healthy: false });
  await addHost(db, 'leaving', { draining: true });
  await addHost(db, 'well', { load: 1 });
  await addTemplate(db, 'any', null);
  expect(await place(db, 'any', 2)).toEqual(['well', 'well']);
});
