import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { run } from '../../../setup/run.mjs';

const root = resolve(import.meta.dirname, '../../..');

it.each(['setup/start.mjs', 'controller/cli/up/main.ts'])(
  '%s --help tells the options and starts nothing',
  async (script) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'homeroom-help-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const env = { PATH: process.env.PATH, HOMEROOM_DATA_DIR: dataDir };
    const { code, output } = await run(process.execPath, [join(root, script), '--help'], {
      env,
      timeoutMs: 20_000,
    });
    expect(code).toBe(0);
    expect(output).toMatch(/--port <number>[\s\S]*--seats <number>[\s\S]*HOMEROOM_DATABASE_URL/);
    expect(readdirSync(dataDir)).toEqual([]);
  },
);

it('tells a wrong option and a wrong setting at once, with their codes, and starts nothing', async () => {
  const script = join(root, 'controller/cli/up/main.ts');
  const env = { PATH: process.env.PATH };
  const option = await run(process.execPath, [script, '--seat', '3'], { env, timeoutMs: 20_000 });
  expect(option.code).toBe(78);
  expect(option.output).toMatch(/--seat[\s\S]*\(config_invalid\)/);
  const setting = await run(process.execPath, [script, '--port', 'http'], { env, timeoutMs: 20_000 });
  expect(setting.code).toBe(78);
  expect(setting.output).toContain('HOMEROOM_PORT (port) is "http"; it must be a port number');
});

it('complains about a wrong option before it installs anything', async () => {
  const checkout = mkdtempSync(join(tmpdir(), 'homeroom-checkout-'));
  onTestFinished(() => rmSync(checkout, { recursive: true }));
  cpSync(join(root, 'setup'), join(checkout, 'setup'), { recursive: true });
  mkdirSync(join(checkout, 'controller/cli/up'), { recursive: true });
  cpSync(join(root, 'controller/cli/up/usage.txt'), join(checkout, 'controller/cli/up/usage.txt'));
  const { code, output } = await run(process.execPath, [join(checkout, 'setup/start.mjs'), '--bogus'], {
    env: { PATH: process.env.PATH },
    timeoutMs: 20_000,
  });
  expect(output).toBe('\n--bogus is no option; `npm start -- --help` lists them.\n(config_invalid)\n');
  expect(code).toBe(78);
  expect(readdirSync(checkout).toSorted()).toEqual(['controller', 'setup']);
});
