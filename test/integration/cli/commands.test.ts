/** Commands against a real controller, as a script uses them. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControllerFolder } from '../controller/support/controller-process.ts';
import { homeroom, homeroomJson } from './support/homeroom.ts';

let folder: ControllerFolder;
let dir: string;
const here = () => ({ environment: { HOMEROOM_DATA_DIR: folder.dataDir } });
const run = (...args: string[]) => homeroom(args, here());
const ask = (...args: string[]) => homeroomJson(args, here());

beforeAll(async () => {
  folder = await ControllerFolder.make();
  await folder.start().untilReady();
  dir = await mkdtemp(join(tmpdir(), 'homeroom-commands-'));
}, 90_000);
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await rm(dir, { recursive: true });
});

it('makes rooms with seats, and shows them as a table and as JSON', async () => {
  expect((await ask('rooms', 'create', 'Lab', '--seats', '2')).seats).toBe(2);
  expect(await ask('rooms', 'seats', 'Lab')).toMatchObject([{ name: 'Seat 1' }, { name: 'Seat 2' }]);
  expect((await run('room', 'list')).stdout).toMatch(/^id +name +seats\n/);
  expect(await run('rooms', 'seats', 'Nowhere')).toMatchObject({ code: 1, stdout: '' });
});

it('shows whose room it is, and gives it to others', async () => {
  await ask('rooms', 'create', 'Studio');
  expect(await ask('rooms', 'teachers', 'Studio')).toMatchObject([{ username: 'teacher' }]);
  await run('user', 'add', 'ms-hopper', '--role', 'teacher');
  expect(await ask('rooms', 'teachers', 'Studio', '--add', 'ms-hopper', '--remove', 'teacher')).toMatchObject(
    [{ username: 'ms-hopper' }],
  );
  expect(await ask('rooms', 'teachers', 'Studio')).toMatchObject([{ username: 'ms-hopper' }]);
  expect((await run('rooms', 'teachers', 'Studio', '--add', 'student')).stderr).toContain('is no teacher');
});

it('makes, changes and withdraws a template by files, and sizes its pool', async () => {
  const file = join(dir, 'template.json');
  await writeFile(file, '{"id": "trial", "name": "Trial", "provider": "simulated"}');
  expect((await run('templates', 'create', file)).code).toBe(0);
  expect(await ask('pools', 'set', 'trial', '--warm-minimum', '1', '--maximum', '3')).toMatchObject({
    maximum: 3,
  });
  await writeFile(file, '{"name": "Trial two"}');
  expect((await run('templates', 'edit', 'trial', file)).code).toBe(0);
  expect(await ask('templates', 'show', 'trial')).toMatchObject({ name: 'Trial two', withdrawnAt: null });
  const started = await ask('sessions', 'start', 'trial');
  expect(await ask('sessions', 'list')).toMatchObject([{ id: started.id, username: 'admin' }]);
  expect((await run('sessions', 'end', 'nobody', '--yes')).stderr).toContain('There is no session nobody');
  expect((await run('sessions', 'end', 'admin')).stdout).toBe(`${started.id} has ended.\n`);
  const { stdout: seated } = await run('sessions', 'start', 'trial', '--seat', 'Lab/Seat 1');
  expect(seated).toContain('Lab/Seat 1');
  expect((await run('sessions', 'list')).stdout).toContain('Lab/Seat 1');
  expect((await run('sessions', 'end', 'admin')).code).toBe(0);
  expect((await run('pools', 'set', 'no-such', '--maximum', '3')).stderr).toContain('no-such');
  expect((await run('templates', 'withdraw', 'trial')).code).toBe(0);
  await writeFile(file, '{broken');
  expect((await run('templates', 'create', file)).stderr).toContain('is no JSON');
}, 60_000);

it('tells each fault of a list of people by its line, and makes nobody then', async () => {
  const file = join(dir, 'people.csv');
  await writeFile(file, 'username,displayName,role,groups\nanna,Anna,student,5a\nb b,Ben,wizard,5a\n');
  const { code, stderr } = await run('users', 'import', file);
  expect(code).toBe(1);
  expect(stderr).toContain('line 3, role');
  expect(await ask('groups', 'list')).toEqual([]);
  await writeFile(file, 'username,displayName,role,groups\nanna,Anna,student,5a\n');
  expect(await ask('users', 'import', file, '--dry-run')).toMatchObject({ created: 1, dryRun: true });
  const passwords = join(dir, 'passwords.csv');
  expect(await ask('users', 'import', file, '--passwords', passwords)).toMatchObject({ passwords: null });
  expect((await stat(passwords)).mode & 0o777).toBe(0o600);
  expect(await readFile(passwords, 'utf8')).toMatch(/^anna,Anna,\S+$/m);
  expect((await run('groups', 'remove', '5a', 'anna')).code).toBe(0);
  expect((await run('groups', 'add', '5a', 'anna', 'student')).code).toBe(0);
  expect(await ask('groups', 'members', '5a')).toHaveLength(2);
}, 60_000);

it('exports the audit log into a file of one’s own, and verifies it', async () => {
  const file = join(dir, 'audit.csv');
  expect((await run('audit', 'export', file, '--format', 'csv')).code).toBe(0);
  expect(await run('audit', 'export', file)).toMatchObject({
    code: 1,
    stderr: `${file} is there already.\n`,
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(2);
  expect((await run('audit', 'export', '--action', 'room')).stdout).toContain('"room.');
  expect((await ask('audit', 'verify')).isWhole).toBe(true);
});

it('ends with the codes that its page tells', async () => {
  expect((await run('rooms')).code).toBe(2);
  expect((await run('rooms', 'list', '--colour')).code).toBe(2);
  expect((await run('devices', 'show', 'nobody')).code).toBe(1);
  const nowhere = { environment: { HOMEROOM_DATA_DIR: join(dir, 'none'), XDG_CONFIG_HOME: dir } };
  expect((await homeroom(['rooms', 'list'], nowhere)).code).toBe(3);
  expect((await run('help', 'rooms', 'create')).stdout).toContain('homeroom rooms create <name>');
});

it('looks an installation over, and says by its code whether something is to be mended', async () => {
  const { code, stdout } = await homeroom(['doctor', '--json'], here());
  const verdicts: { name: string; result: string }[] = JSON.parse(stdout);
  expect(code).toBe(verdicts.some(({ result }) => result === 'bad') ? 1 : 0);
  const wellOf = (name: string) => verdicts.find((verdict) => verdict.name === name)?.result;
  for (const name of [
    'Node',
    'data folder',
    'database',
    'certificate',
    'ports',
    'clock',
    'controller',
    'audit log',
  ])
    expect({ name, result: wellOf(name) }).toEqual({ name, result: 'ok' });
  const nobody = await homeroom(['doctor'], { environment: { HOMEROOM_DATA_DIR: dir } });
  expect(nobody.code).toBe(1);
  expect(nobody.stdout).toContain('npm start');
}, 60_000);
