import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { testUp } from './test-up.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeroom-up-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

it('tells who uses the data folder already, and leaves that one alone', async () => {
  const first = testUp({ dataDir, port: await freePort(), seats: 0 });
  await first.up.start();
  const second = testUp({ dataDir, port: await freePort() });
  await expect(second.up.start()).rejects.toMatchObject({
    code: 'data_folder_in_use',
    detail: expect.stringContaining(`as process ${process.pid}; \`kill ${process.pid}\` ends it`),
  });
  await second.up.stop();

  const third = testUp({ dataDir, port: await freePort() });
  await expect(third.up.start()).rejects.toMatchObject({ code: 'data_folder_in_use' });
  await first.up.stop();
});

it('says in words that the data folder is none', async () => {
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  const { up } = testUp({ dataDir: file, port: await freePort() });
  await expect(up.start()).rejects.toMatchObject({
    code: 'config_invalid',
    detail: expect.stringContaining(file),
  });
  await up.stop();
});

it('names the port that is taken, what it is for, and the option that chooses another', async () => {
  const port = await freePort();
  const taker = createServer().listen(port, '127.0.0.1');
  const { up } = testUp({ dataDir, port });
  await expect(up.start()).rejects.toMatchObject({
    code: 'port_in_use',
    detail: expect.stringMatching(
      `^Port ${port} for the portal is taken by another program.\nChoose another: npm start -- --no-kiosk --port \\d+$`,
    ),
  });
  await up.stop();
  taker.close();
});

it('shows the end of the controller’s log when it does not start', async () => {
  writeFileSync(join(dataDir, 'broken'), '');
  const { up } = testUp({ dataDir, port: await freePort() });
  await expect(up.start()).rejects.toMatchObject({
    code: 'start_failed',
    detail: expect.stringContaining('the database has a flat tyre'),
  });
  await up.stop();
});
