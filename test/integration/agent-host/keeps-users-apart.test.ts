import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { HostStage, processesOf } from './stage.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** Only root can give each user a uid of its own. */
describe.runIf(isRoot)('two users on one host', () => {
  const ada = { account: 'ada', uid: 47_001, displayName: 'Ada' };
  const bob = { account: 'bob', uid: 47_002, displayName: 'Bob' };
  let stage: HostStage;
  let adasSocket: string;
  let adas: string;

  beforeAll(async () => {
    stage = await HostStage.open();
    const first = await stage.startDesktop(ada);
    adas = first.desktop;
    adasSocket = String(first.socket);
    await stage.startDesktop(bob);
    await waitFor('homes with their first files', async () =>
      stat(join(home('ada'), 'Desktop')).catch(() => false),
    );
  });
  afterAll(() => stage.end());

  const home = (account: string) => join(stage.dataDir, 'homes', account);
  const as = (uid: number, command: string) =>
    run('setpriv', ['--reuid', String(uid), '--regid', String(uid), '--clear-groups', 'sh', '-c', command]);

  it('run under their own uids', async () => {
    const owners = await Promise.all(
      // One that was there for a moment has no owner any more.
      (await processesOf(adas)).map(async (pid) => (await stat(`/proc/${pid}`).catch(() => undefined))?.uid),
    );
    expect(new Set(owners.filter((uid) => uid !== undefined))).toEqual(new Set([ada.uid]));
    expect(stage.host.report.isolation).toBe('own');
  });

  it('have homes that only their owner can open', async () => {
    const { mode, uid } = await stat(home('ada'));
    expect({ mode: mode & 0o777, uid }).toEqual({ mode: 0o700, uid: ada.uid });
    await expect(as(ada.uid, `ls ${home('ada')}`)).resolves.toMatchObject({
      stdout: expect.stringContaining('Desktop'),
    });
    await expect(as(bob.uid, `ls ${home('ada')}`)).rejects.toThrow('Permission denied');
  });

  it('cannot reach each other’s sockets, secrets and cookies, nor see which there are', async () => {
    const folder = dirname(dirname(adasSocket));
    for (const path of [adasSocket, join(folder, 'vncpasswd'), join(folder, 'xauthority')]) {
      await expect(as(bob.uid, `cat ${path}`)).rejects.toThrow('Permission denied');
    }
    await expect(as(bob.uid, `ls ${dirname(folder)}`)).rejects.toThrow('Permission denied');
    await expect(as(bob.uid, `ls ${join(stage.dataDir, 'desktops')}`)).rejects.toThrow('Permission denied');
  });

  it('leave their screen’s socket to the agent, as the user behind it does', async () => {
    const { mode, uid } = await stat(dirname(adasSocket));
    expect({ mode: mode & 0o777, uid }).toEqual({ mode: 0o700, uid: 0 });
  });

  it('cannot draw on each other’s displays', async () => {
    const display = await waitFor('a program on the display', async () => {
      const environments = await Promise.all(
        (await processesOf(adas)).map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
      );
      return /(?:^|\0)DISPLAY=(:\d+)/.exec(environments.join('\0'))?.[1];
    });
    const cookie = join(dirname(dirname(adasSocket)), 'xauthority');
    await expect(as(ada.uid, `XAUTHORITY=${cookie} xprop -display ${display} -root`)).resolves.toBeDefined();
    await expect(as(bob.uid, `xprop -display ${display} -root`)).rejects.toThrow(/unable to open display/);
  });

  it('keep secrets out of every command line', async () => {
    const lines = await Promise.all(
      (await processesOf(adas)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    expect(lines.join('\n')).toContain('xterm');
    expect(lines.join('\n')).not.toContain('secret-8');
  });

  it('never get a home that belongs to somebody else', async () => {
    const stranger = { account: 'ada', uid: 47_003, displayName: 'Not Ada' };
    await expect(stage.startDesktop(stranger)).rejects.toMatchObject({ code: 'xserver_failed' });
    expect((await stat(home('ada'))).uid).toBe(ada.uid);
  });

  it('have a memory ceiling where the machine grants one', async () => {
    const { desktop } = await stage.startDesktop({ memoryMiB: 512 });
    const paths = [
      `/sys/fs/cgroup/homeroom/${desktop}/memory.max`,
      `/sys/fs/cgroup/memory/homeroom/${desktop}/memory.limit_in_bytes`,
    ];
    const found = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => undefined)));
    const ceilings = found.filter((text) => text !== undefined);
    expect(ceilings.map(Number)).toEqual(ceilings.map(() => 512 * 1024 * 1024));
  });
});

describe.runIf(isRoot)('a data folder below a closed one', () => {
  it('still gives users homes that they can reach', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'homeroom-closed-'));
    await chmod(closed, 0o700);
    const stage = await HostStage.open({ dataDir: join(closed, 'agent') });
    try {
      const { desktop } = await stage.startDesktop();
      const viewer = await stage.view(desktop);
      await viewer.refreshUntil((pixels) => pixels.some((byte, index) => index % 4 < 3 && byte > 0));
      viewer.close();
      const pid = (await processesOf(desktop))[0];
      const home = /(?:^|\0)HOME=([^\0]+)/.exec(await readFile(`/proc/${pid}/environ`, 'utf8'))?.[1] ?? '';
      expect(home).toMatch(/^\/var\/lib\/homeroom\/[0-9a-f]{12}\/homes\//);
      await stage.end();
      await rm(dirname(dirname(home)), { recursive: true, force: true });
    } finally {
      await stage.end();
      await rm(closed, { recursive: true, force: true });
    }
  });
});
