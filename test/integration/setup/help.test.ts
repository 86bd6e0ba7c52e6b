import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
  expect(option.code).toBe(1);
  expect(option.output).toMatch(/--seat[\s\S]*\(config_invalid\)/);
  const setting = await run(process.execPath, [script, '--port', 'http'], { env, timeoutMs: 20_000 });
  expect(setting.code).toBe(1);
  expect(setting.output).toContain('HOMEROOM_PORT (port) is "http"; it must be a port number');
});
