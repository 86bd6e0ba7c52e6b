import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@homeroom/agent/clock.ts';
import {
  createDesktopHost,
  type DesktopHost,
  type DesktopHostOptions,
} from '@homeroom/agent/host/desktop-host.ts';
import { silentLog } from '@homeroom/agent/log.ts';
import {
  hasEnvironment,
  isSameProcess,
  listProcesses,
  type ProcessIdentity,
  readCommandLine,
} from '@homeroom/agent/process-table.ts';
import type { CommandArgs, DesktopReport } from '@homeroom/protocol';
import { RfbClient } from '../../support/rfb-client.ts';
import { waitFor } from '../../support/wait-for.ts';

export type StartArgs = CommandArgs<'desktop.start'>;
export const secret = 'secret-8';

/** Far from the uids that a machine or another test gives away. */
let nextUid = 41_000 + Math.floor(Math.random() * 1_000) * 20;

/** A host with real X servers. Every desktop of it is gone after `end`, whichever host object started it. */
export class HostStage {
  readonly dataDir: string;
  host: DesktopHost;
  readonly #started = new Set<string>();

  private constructor(dataDir: string, options: Partial<DesktopHostOptions>) {
    this.dataDir = dataDir;
    this.host = this.makeHost(options);
  }

  static async open(options: Partial<DesktopHostOptions> = {}): Promise<HostStage> {
    const dataDir = await mkdtemp(join(tmpdir(), 'homeroom-host-'));
    // Users walk through it to their homes.
    await chmod(dataDir, 0o711);
    const stage = new HostStage(dataDir, options);
    await stage.host.start();
    return stage;
  }

  makeHost(options: Partial<DesktopHostOptions> = {}): DesktopHost {
    return createDesktopHost({
      dataDir: this.dataDir,
      capacity: 4,
      streams: 'local',
      log: silentLog,
      clock: systemClock,
      ...options,
    });
  }

  /** Start a desktop with one terminal for a user of its own, unless told otherwise. */
  async startDesktop(args: Partial<StartArgs> = {}): Promise<DesktopReport> {
    nextUid += 1;
    const desktop = args.desktop ?? randomUUID();
    this.#started.add(desktop);
    return this.host.startDesktop({
      desktop,
      account: `user${nextUid}`,
      uid: nextUid,
      displayName: 'Ada Lovelace',
      application: 'xterm',
      width: 800,
      height: 600,
      vncSecret: secret,
      memoryMiB: null,
      temporary: false,
      ...args,
    });
  }

  /** As the gateway does: open the stream and shake hands. */
  async view(desktop: string, password = secret): Promise<RfbClient> {
    return RfbClient.connect(await this.host.connect(desktop), { secret: password });
  }

  async end(): Promise<void> {
    for (const desktop of this.#started) await this.host.stopDesktop(desktop);
    await this.host.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** @returns the numbers of all processes that carry a desktop's mark */
export async function processesOf(desktop: string): Promise<number[]> {
  const rows = await listProcesses();
  const marked = await Promise.all(
    rows.map(async ({ pid }) =>
      (await hasEnvironment(pid, `HOMEROOM_DESKTOP=${desktop}`)) ? pid : undefined,
    ),
  );
  return marked.filter((pid) => pid !== undefined);
}

/**
 * Wait until a desktop's lasting programs run; what a session starts only for a moment is left out.
 *
 * @returns their numbers, in order
 */
export async function lastingProcessesOf(desktop: string): Promise<number[]> {
  return waitFor('the X server and its terminal', async () => {
    const named = await Promise.all(
      (await processesOf(desktop)).map(async (pid) => ({ pid, name: (await readCommandLine(pid))[0] ?? '' })),
    );
    const found = [/(^|\/)X(tiger)?vnc$/, /(^|\/)xterm$/].map((name) =>
      named.filter((each) => name.test(each.name)),
    );
    if (found.some(({ length }) => length !== 1)) return undefined;
    return found.flat().map(({ pid }) => pid);
  });
}

/** End a desktop's X server without a word, as a crash does. */
export async function killXServer(stage: HostStage, desktop: string): Promise<void> {
  const text = await readFile(join(stage.dataDir, 'desktops', `${desktop}.json`), 'utf8');
  const { xServer } = JSON.parse(text) as { xServer: ProcessIdentity };
  process.kill(xServer.pid, 'SIGKILL');
  await waitFor('the X server is dead', async () => !(await isSameProcess(xServer)));
}
