import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type CollectionReport,
  type CommandArgs,
  type HandOutReport,
  HomeroomError,
} from '@homeroom/protocol/wire';
import { collectOnce, readCollected } from './collect-once.ts';
import { handOutFiles } from './hand-out-files.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { type Archive, tarOfFolder } from './tar-of-folder.ts';

export interface HomeFilesOptions {
  readonly homesDir: string;
  /** What was collected; the agent's alone. */
  readonly collectedDir: string;
  readonly agentUid: number;
}

type CollectArgs = Pick<CommandArgs<'files.collect'>, 'account' | 'uid' | 'folder' | 'maxFiles' | 'maxBytes'>;

/** Files in the homes of a host's users. What is done for one user in one round happens one after the other. */
export class HomeFiles {
  readonly #options: HomeFilesOptions;
  readonly #queue = new KeyedQueue();

  constructor(options: HomeFilesOptions) {
    this.#options = options;
  }

  /**
   * Put files into a folder of a home. May be repeated: what stands there already is left.
   *
   * @throws conflict when the folder is somebody else's; what is wrong with one file is told of that alone
   */
  put(
    { account, uid, folder, files }: CommandArgs<'files.put'>,
    fetch: (path: string, signal: AbortSignal) => Promise<Readable>,
    signal: AbortSignal,
  ): Promise<HandOutReport> {
    const home = join(this.#options.homesDir, account);
    const owner = this.#isIsolated ? uid : null;
    return this.#queue.run(`put ${account}`, () =>
      handOutFiles({ home, folder, owner, files, fetch, signal }),
    );
  }

  /** Copy a folder of a home, once for a round: repeated, it tells what was collected. */
  collect(round: string, args: CollectArgs, signal: AbortSignal): Promise<CollectionReport> {
    const { account, uid, folder, maxFiles, maxBytes } = args;
    const { agentUid, homesDir } = this.#options;
    return this.#queue.run(`${round} ${account}`, () =>
      collectOnce({
        home: join(homesDir, account),
        folder,
        target: this.#folderOf(round),
        account,
        owner: this.#isIsolated ? uid : agentUid,
        limits: { maxFiles, maxBytes },
        signal,
      }),
    );
  }

  /**
   * @returns an archive of what was collected of a user
   * @throws not_found when nothing was
   */
  archiveOf({ round, account, prefix }: CommandArgs<'files.send'>): Promise<Archive> {
    return this.#queue.run(`${round} ${account}`, async () => {
      const report = await readCollected(this.#folderOf(round), account);
      if (!report) throw new HomeroomError('not_found', `nothing was collected of ${account}`);
      return tarOfFolder(
        report.folder,
        report.files.map(({ path }) => path),
        prefix ?? account,
      );
    });
  }

  /** Remove what was collected, of one user or of all. What is not there is no fault. */
  async forget({ round, account }: CommandArgs<'files.forget'>): Promise<void> {
    const folder = this.#folderOf(round);
    const paths = account === undefined ? [folder] : [join(folder, `${account}.json`), join(folder, account)];
    // The report goes first: what has none counts as not collected.
    for (const path of paths) await rm(path, { recursive: true, force: true });
  }

  #folderOf(round: string): string {
    return join(this.#options.collectedDir, round);
  }

  get #isIsolated(): boolean {
    return this.#options.agentUid === 0;
  }
}
