import { Groups } from '@homeroom/controller/accounts/groups.ts';
import { TemplateGroups } from '@homeroom/controller/accounts/template-groups.ts';
import { Templates } from '@homeroom/controller/desktops/templates.ts';
import { claim } from '@homeroom/controller/sessions/claim.ts';
import { systemActor } from '@homeroom/controller/store/actor.ts';
import { wholeList } from '@homeroom/controller/store/page.ts';
import type { Change } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../support/postgres.ts';
import { audited, insertTemplate, insertUser } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const nobody = 'aaaaaaaa-0000-4000-8000-000000000001';

function setUp({ db }: Awaited<ReturnType<TestServer['createDatabase']>>) {
  const told: Change[] = [];
  const changes = { announce: (change: Change) => void told.push(change) };
  return { db, told, groups: new Groups({ db, changes }), limits: new TemplateGroups({ db, changes }) };
}

it('makes, renames and removes groups, and writes it down', async () => {
  await using database = await server.createDatabase();
  const { db, groups } = setUp(database);
  const made = await groups.create('7b', systemActor);
  expect(made).toMatchObject({ name: '7b', source: 'local', members: 0, templates: [] });
  expect(await groups.rename(made.id, '8b', systemActor)).toMatchObject({ id: made.id, name: '8b' });
  expect((await groups.page(wholeList)).items.map(({ name }) => name)).toEqual(['8b']);
  await groups.remove(made.id, systemActor);
  expect(await groups.get(made.id)).toBeUndefined();
  expect(await db.query('select action, details, before, after from audit_log order by id')).toEqual([
    { action: 'group.create', details: null, before: null, after: { name: '7b' } },
    { action: 'group.rename', details: null, before: { name: '7b' }, after: { name: '8b' } },
    { action: 'group.remove', details: null, before: { name: '8b' }, after: null },
  ]);
});

it('keeps a group whose lessons are not over: an exam would lose its rules', async () => {
  await using database = await server.createDatabase();
  const { db, groups } = setUp(database);
  const { id } = await groups.create('7b', systemActor);
  await insertTemplate(db, 'desktop');
  await db.query(
    `insert into lessons (name, group_id, template_id, starts_at, ends_at, exam)
     values ('Physics', $1, 'desktop', now() - interval '10 minutes', now() + interval '1 hour', true)`,
    [id],
  );
  await expect(groups.remove(id, systemActor)).rejects.toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('Physics'),
  });
  await db.query(`update lessons set ends_at = now() - interval '1 minute'`);
  await groups.remove(id, systemActor);
  expect(await groups.get(id)).toBeUndefined();
});

it('has one group of a name', async () => {
  await using database = await server.createDatabase();
  const { groups } = setUp(database);
  await groups.create('7b', systemActor);
  const other = await groups.create('7c', systemActor);
  await expect(groups.create('7b', systemActor)).rejects.toMatchObject({ code: 'conflict' });
  await expect(groups.rename(other.id, '7b', systemActor)).rejects.toMatchObject({ code: 'conflict' });
});

it('adds, sets and takes out members; whoever is one stays one', async () => {
  await using database = await server.createDatabase();
  const { db, groups } = setUp(database);
  const { id } = await groups.create('7b', systemActor);
  const [ana, ben, cleo] = [
    await insertUser(db, 'ana'),
    await insertUser(db, 'ben'),
    await insertUser(db, 'cleo'),
  ];
  const names = async () => (await groups.members(id, wholeList)).items.map(({ username }) => username);
  expect((await groups.addMembers(id, [ana, ben, ana], systemActor)).members).toBe(2);
  expect((await groups.addMembers(id, [ben], systemActor)).members).toBe(2);
  await groups.setMembers(id, [ben, cleo], systemActor);
  expect(await names()).toEqual(['ben', 'cleo']);
  await groups.removeMember(id, ben, systemActor);
  expect(await names()).toEqual(['cleo']);
  await expect(groups.removeMember(id, ben, systemActor)).rejects.toMatchObject({ code: 'not_found' });
  expect((await audited(db)).at(-2)?.details).toEqual({ added: [cleo], removed: [ana] });
});

it('adds nobody when one of them is not there', async () => {
  await using database = await server.createDatabase();
  const { db, groups } = setUp(database);
  const { id } = await groups.create('7b', systemActor);
  const ana = await insertUser(db, 'ana');
  for (const unknown of [nobody, 'no-uuid']) {
    const adding = groups.addMembers(id, [ana, unknown], systemActor);
    await expect(adding).rejects.toMatchObject({ code: 'not_found' });
  }
  expect((await groups.get(id))?.members).toBe(0);
  await expect(groups.addMembers(nobody, [ana], systemActor)).rejects.toMatchObject({ code: 'not_found' });
});

it('leaves the members of a group from elsewhere alone', async () => {
  await using database = await server.createDatabase();
  const { db, groups } = setUp(database);
  const { id } = await groups.create('Staff', systemActor);
  await db.query(`update groups set source = 'oidc'`);
  const adding = groups.addMembers(id, [await insertUser(db, 'ana')], systemActor);
  await expect(adding).rejects.toMatchObject({ code: 'managed_elsewhere' });
});

it('shows a limited template to members, teachers and admins alone, and tells when that changes', async () => {
  await using database = await server.createDatabase();
  const { db, groups, limits, told } = setUp(database);
  await insertTemplate(db, 'cad');
  await insertTemplate(db, 'desktop');
  const templates = new Templates({ db });
  const [ana, ben, teacher] = [
    await insertUser(db, 'ana'),
    await insertUser(db, 'ben'),
    await insertUser(db, 'tom', 'teacher'),
  ];
  const seenBy = async (user: string) => (await templates.page(wholeList, user)).items.map(({ id }) => id);
  expect(await seenBy(ben)).toEqual(['cad', 'desktop']);
  const { id } = await groups.create('7b', systemActor);
  await groups.addMembers(id, [ana], systemActor);
  expect(await limits.set('cad', [id, id], systemActor)).toEqual({ groups: [id] });
  expect(await Promise.all([ana, ben, teacher].map(seenBy))).toEqual([
    ['cad', 'desktop'],
    ['desktop'],
    ['cad', 'desktop'],
  ]);
  expect(await templates.get('cad', ben)).toBeUndefined();
  told.length = 0;
  await groups.addMembers(id, [ben], systemActor);
  expect(told).toContainEqual({ kind: 'template', id: 'cad' });
  expect(await seenBy(ben)).toEqual(['cad', 'desktop']);
  await groups.remove(id, systemActor);
  expect(await limits.of('cad')).toEqual([]);
});

it('refuses a claim of a template that is for others, and says so', async () => {
  await using database = await server.createDatabase();
  const { db, groups, limits } = setUp(database);
  await insertTemplate(db, 'cad');
  const [ana, ben] = [await insertUser(db, 'ana'), await insertUser(db, 'ben')];
  const { id } = await groups.create('7b', systemActor);
  await groups.addMembers(id, [ana], systemActor);
  await limits.set('cad', [id], systemActor);
  const start = (userId: string, templateId = 'cad') =>
    claim(db, { userId, templateId, seatId: null, actor: systemActor });
  await expect(start(ben)).rejects.toMatchObject({ code: 'template_restricted' });
  await expect(start(ben, 'none')).rejects.toMatchObject({ code: 'template_unknown' });
  expect(await start(ana)).toMatchObject({ created: true, state: 'waiting' });
});

it('limits no template that is not there, and to no group that is not there', async () => {
  await using database = await server.createDatabase();
  const { db, limits } = setUp(database);
  await insertTemplate(db, 'cad');
  await expect(limits.set('none', [], systemActor)).rejects.toMatchObject({ code: 'template_unknown' });
  await expect(limits.set('cad', [nobody], systemActor)).rejects.toMatchObject({ code: 'not_found' });
  await expect(limits.set('cad', ['7b'], systemActor)).rejects.toMatchObject({ code: 'not_found' });
});
