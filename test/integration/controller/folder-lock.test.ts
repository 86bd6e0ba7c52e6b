import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { lockFolder } from '@homeroom/controller/start/folder-lock.ts';
import { toError } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'homeroom-lock-')));
});
afterEach(() => rm(folder, { recursive: true }));

const lock = (holder = 'homeroom-test') => lockFolder({ folder, mode: 0o700, holder });

it('tells the second who is the first, and lets it in when that one has gone', async () => {
  const first = await lock();
  await expect(lock()).rejects.toMatchObject({
    code: 'data_folder_in_use',
    detail: expect.stringContaining(`process ${process.pid}`),
  });
  first.free();
  (await lock()).free();
});

it('does not keep another kind of holder out', async () => {
  const first = await lock();
  (await lock('homeroom-other')).free();
  first.free();
});

it('passes nothing on but a number, whoever holds the name', async () => {
  const name = `\0homeroom-test-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  const foreign = createServer((socket) => socket.end('\u001b[2Jrm -rf /')).listen(name);
  await once(foreign, 'listening');
  const fault: unknown = await lock().catch((caught: unknown) => caught);
  expect(fault).toMatchObject({ code: 'data_folder_in_use' });
  const { message } = toError(fault);
  expect(stripVTControlCharacters(message)).toBe(message);
  expect(message).not.toContain('rm -rf');
  foreign.close();
});
