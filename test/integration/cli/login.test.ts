/** `homeroom login` against a real controller whose certificate is its own. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ControllerFolder } from '../controller/support/controller-process.ts';
import { homeroom, homeroomJson } from './support/homeroom.ts';

let folder: ControllerFolder;
let url: string;
let ownEnvironment: Record<string, string>;
let config: string;
/** Of somebody on another machine: no data folder, a configuration folder of their own. */
let away: { environment: Record<string, string> };

beforeAll(async () => {
  folder = await ControllerFolder.make();
  const { httpPort } = await folder.start().untilReady();
  url = `https://127.0.0.1:${httpPort}`;
  ownEnvironment = { HOMEROOM_DATA_DIR: folder.dataDir };
  config = await mkdtemp(join(tmpdir(), 'homeroom-config-'));
  away = { environment: { XDG_CONFIG_HOME: config, HOMEROOM_DATA_DIR: join(config, 'none') } };
}, 90_000);
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await rm(config, { recursive: true, force: true });
});

const login = (fingerprint: string[], input = 'first password\n') =>
  homeroom(['login', url, '--username', 'admin', ...fingerprint], { ...away, input });

it('sends nothing to a controller that nobody vouches for, and says its fingerprint', async () => {
  const { code, stderr } = await login([]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/--fingerprint [0-9a-f]{64}/);
  expect((await login(['--fingerprint', '0'.repeat(64)])).stderr).toContain('Nothing was sent.');
});

it('keeps a token of limited scope for its owner alone, serves every command by it, and forgets it', async () => {
  const fingerprint = /--fingerprint ([0-9a-f]{64})/.exec((await login([])).stderr)?.[1] ?? '';
  expect(await login(['--fingerprint', fingerprint])).toMatchObject({ code: 0, stdout: '' });

  const path = join(config, 'homeroom/logins.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('first password');
  expect(JSON.parse(text).logins[url].scopes).not.toContain('*');

  expect(await homeroomJson(['rooms', 'list'], away)).toMatchObject([{ name: 'Room 1' }]);
  expect(await homeroomJson(['rooms', 'list', '--server', url], away)).toHaveLength(1);
  const refused = await homeroom(['tokens', 'create', 'more'], away);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('(scope_missing)');

  expect((await homeroom(['logout'], away)).stderr).toContain('its token is withdrawn');
  expect((await homeroom(['rooms', 'list'], away)).code).toBe(3);
  const tokens = await homeroomJson(['tokens', 'list', '--all'], { environment: ownEnvironment });
  expect(tokens.filter((token: { withdrawnAt: string | null }) => token.withdrawnAt)).toHaveLength(1);
}, 60_000);

it('keeps nothing of a wrong password', async () => {
  const told = (await login([])).stderr;
  const fingerprint = /--fingerprint ([0-9a-f]{64})/.exec(told)?.[1] ?? '';
  const { code, stderr } = await login(['--fingerprint', fingerprint], 'wrong password\n');
  expect(code).toBe(1);
  expect(stderr).toContain('(sign_in_failed)');
  expect((await homeroom(['rooms', 'list'], away)).code).toBe(3);
}, 60_000);
