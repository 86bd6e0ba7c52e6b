import { rmdir } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { type DesktopReport, HomeroomError, type Host, toError } from '@homeroom/protocol/wire';
import { isSameProcess, type ProcessIdentity, readBootId } from '../process-table.ts';
import { detectControlGroups } from './control-groups.ts';
import { DesktopEnder } from './desktop-ender.ts';
import type { DesktopHost, DesktopHostOptions } from './desktop-host-port.ts';
import { capacityOf, findDesktopKinds } from './desktop-kinds.ts';
import type { DesktopRecord } from './desktop-record.ts';
import { DesktopRecords } from './desktop-records.ts';
import { DesktopStarter, type StartArgs } from './desktop-starter.ts';
import { HomeFiles } from './home-files.ts';
import { findHostFaults } from './host-faults.ts';
import { makeHostFolders } from './host-folders.ts';
import { desktopPaths, type HostLayout } from './host-layout.ts';
import { hostLoad } from './host-load.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { copyLook } from './look-folder.ts';
import { findNameLibrary } from './name-service.ts';
import { connectStream } from './stream-connection.ts';
import { lastWords } from './x-server.ts';

/*
 * Rules: whatever is done to one desktop is done in that desktop's queue, one thing after the other. A record
 * is on disk before its first process starts, so a crash of the agent leaves nothing that the next one cannot
 * find. A desktop that has ended is never started again; its record stays until `stopDesktop`.
 */

const lookEveryMs = 2_000;

export type XDesktopHostOptions = Required<Omit<DesktopHostOptions, 'capacity'>> & {
  readonly capacity: number | undefined;
  readonly lookSource: string;
  readonly agentUid: number;
};

interface Parts {
  readonly layout: HostLayout;
  readonly records: DesktopRecords;
  readonly files: HomeFiles;
  readonly starter: DesktopStarter;
  readonly ender: DesktopEnder;
  readonly bootId: string;
}

/** {@link DesktopHost} with TigerVNC's X server. */
export class XDesktopHost implements DesktopHost {
  readonly #options: XDesktopHostOptions;
  readonly #desktops = new Map<string, DesktopRecord>();
  readonly #queue = new KeyedQueue();
  readonly #listeners = new Set<() => void>();
  #parts: Parts | undefined;
  #faults: Host['faults'] = [];
  #kinds: readonly string[] = [];
  #cancelLook: () => void = () => undefined;

  constructor(options: XDesktopHostOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#parts = await this.#prepare();
    for (const record of await this.#parts.records.load()) this.#desktops.set(record.desktop, record);
    await this.#lookAtAll();
    this.#options.log.info('The host is ready', {
      desktops: this.#desktops.size,
      isolation: this.report.isolation,
    });
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#cancelLook();
    this.#cancelLook = () => undefined;
    await this.#queue.idle();
    this.#cancelLook();
    const parts = this.#parts;
    this.#parts = undefined;
    if (!parts) return;
    // It is ours alone, and stays as long as a desktop has its socket in it; the next start makes it again.
    const { runDir } = parts.layout;
    // What is above it is root's for all installations of the machine, or else this user's.
    await removeEmpty(this.#isIsolated ? [runDir] : [runDir, dirname(runDir)]);
  }

  startDesktop(args: StartArgs): Promise<DesktopReport> {
    return this.#queue.run(args.desktop, async () => {
      const known = this.#desktops.get(args.desktop);
      if (known) return this.#reportOf(known);
      this.#requirePlace(args);
      return this.#startNew(args);
    });
  }

  poll(desktop: string): Promise<DesktopReport> {
    return this.#queue.run(desktop, async () => {
      await this.#look(desktop);
      const record = this.#desktops.get(desktop);
      if (record) return this.#reportOf(record);
      const error = { code: 'desktop_lost', message: 'This host knows no such desktop.' };
      return { desktop, state: 'ended', socket: null, error };
    });
  }

  list(): Promise<DesktopReport[]> {
    return Promise.resolve([...this.#desktops.values()].map((record) => this.#reportOf(record)));
  }

  stopDesktop(desktop: string): Promise<void> {
    return this.#queue.run(desktop, async () => {
      const record = this.#desktops.get(desktop);
      if (!record) return;
      const { bootId, ender, records } = this.#ready();
      await ender.end(desktop, processesOf(record, bootId));
      if (record.temporary) await ender.removeHome(record.account);
      await records.remove(desktop);
      this.#desktops.delete(desktop);
      this.#options.log.info('A desktop was ended', { desktop });
      this.#announce();
    });
  }

  get files(): HomeFiles {
    return this.#ready().files;
  }

  async connect(desktop: string): Promise<Duplex> {
    if (this.#desktops.get(desktop)?.state !== 'running') {
      throw new HomeroomError('desktop_lost', 'the desktop does not run on this host');
    }
    return connectStream(desktopPaths(this.#ready().layout, desktop).socket, this.#options.clock);
  }

  get report(): Host {
    return {
      capacity: this.#capacity,
      kinds: [...this.#kinds],
      isolation: this.#isIsolated ? 'own' : 'shared',
      load: hostLoad({
        loadAverage: loadavg()[0] ?? 0,
        cpuCount: availableParallelism(),
        memoryFree: freemem(),
        memoryTotal: totalmem(),
      }),
      faults: this.#faults,
      desktops: [...this.#desktops.values()].map(({ desktop, account, state, startedAt, error }) => ({
        desktop,
        user: account,
        state,
        startedAt,
        ...(error && { error }),
      })),
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get #capacity(): number {
    return this.#options.capacity ?? capacityOf(this.#kinds);
  }

  #requirePlace({ kind }: StartArgs): void {
    const live = [...this.#desktops.values()].filter(({ state }) => state !== 'ended').length;
    if (live >= this.#capacity) {
      throw new HomeroomError('no_host', `all ${this.#capacity} places of this host are taken`);
    }
    if (kind && !this.#kinds.includes(kind)) {
      throw new HomeroomError('no_host', `this host does not offer ${kind}`);
    }
  }

  get #isIsolated(): boolean {
    return this.#options.agentUid === 0;
  }

  #ready(): Parts {
    if (!this.#parts) throw new HomeroomError('internal', 'the host is not started');
    return this.#parts;
  }

  async #prepare(): Promise<Parts> {
    const { agentUid, clock, dataDir, log, programFolders } = this.#options;
    const layout = await makeHostFolders({ dataDir, uid: agentUid });
    const groups = await detectControlGroups(this.#options.controlGroupRoot, clock);
    await copyLook(this.#options.lookSource, layout.lookDir);
    this.#faults = await findHostFaults(programFolders);
    this.#kinds = await findDesktopKinds(programFolders);
    const nameLibrary = await findNameLibrary();
    return {
      layout,
      files: new HomeFiles({ ...layout, agentUid }),
      records: new DesktopRecords(layout.recordsDir, log),
      starter: new DesktopStarter({ layout, groups, agentUid, nameLibrary, programFolders, clock, log }),
      ender: new DesktopEnder({ layout, groups, clock, log }),
      bootId: await readBootId(),
    };
  }

  async #startNew(args: StartArgs): Promise<DesktopReport> {
    const { bootId, ender, records, starter } = this.#ready();
    const { desktop, account, uid, temporary } = args;
    const startedAt = this.#options.clock.now().toISOString();
    const record: DesktopRecord = {
      ...{ desktop, account, uid, temporary, startedAt, bootId },
      ...{ state: 'starting', xServer: null, session: null },
    };
    this.#desktops.set(desktop, record);
    try {
      await records.save(record);
      const { xServer, session } = await starter.start(args, (identity) =>
        records.save({ ...record, xServer: identity }),
      );
      for (const { child } of [xServer, session]) child.once('exit', () => this.#lookSoon(desktop));
      const running = {
        ...record,
        state: 'running',
        xServer: xServer.identity,
        session: session.identity,
      } as const;
      await this.#keep(running);
      this.#options.log.info('A desktop was started', { desktop, account });
      return this.#reportOf(running);
    } catch (error) {
      await ender.end(desktop);
      if (temporary) await ender.removeHome(account);
      await records.remove(desktop);
      this.#desktops.delete(desktop);
      throw error;
    }
  }

  #lookSoon(desktop: string): void {
    if (!this.#parts) return;
    this.#queue
      .run(desktop, () => this.#look(desktop))
      .catch((error: unknown) => this.#complain(desktop, error));
  }

  async #lookAtAll(): Promise<void> {
    const looks = [...this.#desktops.keys()].map((desktop) =>
      this.#queue
        .run(desktop, () => this.#look(desktop))
        .catch((error: unknown) => this.#complain(desktop, error)),
    );
    await Promise.all(looks);
  }

  /** Exits of our own children are heard; those of adopted desktops are only seen. */
  #lookLater(): void {
    this.#cancelLook = this.#options.clock.after(lookEveryMs, () => {
      void this.#lookAtAll().then(() => {
        if (this.#parts) this.#lookLater();
      });
    });
  }

  /** See whether a desktop still runs, and end the rest of it when a part of it has died. */
  async #look(desktop: string): Promise<void> {
    const record = this.#desktops.get(desktop);
    if (!record || record.state === 'ended' || !this.#parts) return;
    const error = await this.#faultOf(record, this.#parts);
    if (!error) return;
    await this.#parts.ender.end(desktop, processesOf(record, this.#parts.bootId));
    this.#options.log.warn('A desktop has ended by itself', { desktop, error });
    await this.#keep({ ...record, state: 'ended', xServer: null, session: null, error });
  }

  async #faultOf(record: DesktopRecord, parts: Parts): Promise<DesktopReport['error']> {
    if (record.bootId !== parts.bootId) return { code: 'desktop_lost', message: 'The host was restarted.' };
    if (!record.xServer || !(await isSameProcess(record.xServer))) {
      const words = await lastWords(desktopPaths(parts.layout, record.desktop).xServerLog);
      return { code: 'xserver_failed', message: `The X server has ended: ${words}.` };
    }
    if (record.session && (await isSameProcess(record.session))) return undefined;
    return { code: 'desktop_lost', message: 'The programs of the desktop ended again and again.' };
  }

  async #keep(record: DesktopRecord): Promise<void> {
    this.#desktops.set(record.desktop, record);
    await this.#ready().records.save(record);
    this.#announce();
  }

  #reportOf(record: DesktopRecord): DesktopReport {
    const { desktop, state, error } = record;
    const isReachable = state === 'running' && this.#options.streams === 'local';
    const socket = isReachable ? desktopPaths(this.#ready().layout, desktop).socket : null;
    return { desktop, state, socket, ...(error && { error }) };
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  #complain(desktop: string, error: unknown): void {
    this.#options.log.error('Looking at a desktop failed', { desktop, error: toError(error) });
  }
}

/** @returns those on record; of another boot they mean nothing */
function processesOf(record: DesktopRecord, bootId: string): ProcessIdentity[] {
  if (record.bootId !== bootId) return [];
  return [record.xServer, record.session].filter((identity) => identity !== null);
}

/** The inner one first; one that is in use stays, and so does all above it. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}
