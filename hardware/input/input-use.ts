/**
 * Knows that somebody uses an input device, and nothing else. Rules:
 * - a device is read without waiting, beside whoever else reads it: the kernel gives every reader its own copy;
 * - what was read is only counted, and wiped: neither keys nor movements leave this file;
 * - a device that may not be read, or is gone, is left out: then nothing is known of it.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';

/** Told this often at most: it is for idleness, not for watching anybody. */
const everyMs = 30_000;
/** The kernel keeps some 64 events for a reader, of 24 bytes each. */
const bufferBytes = 64 * 24;
const maxReads = 64;

export interface InputUseOptions {
  /** Where the devices' files are, `/dev/input`. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
}

export class InputUse {
  readonly #options: InputUseOptions;
  readonly #opened = new Map<string, FileHandle>();
  readonly #buffer = Buffer.alloc(bufferBytes);
  #usedAt: Date | undefined;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(options: InputUseOptions) {
    this.#options = options;
  }

  /**
   * Look whether somebody used a device since the last look. Not to be called while a look is under way.
   *
   * @param nodes the devices that there are, by the names of their files
   * @returns when one was last used, to half a minute; undefined while none was
   */
  async look(nodes: readonly string[]): Promise<Date | undefined> {
    await this.#keepOnly(new Set(nodes));
    let isUsed = false;
    for (const node of nodes) isUsed = (await this.#drain(node)) || isUsed;
    const { clock } = this.#options;
    if (isUsed && clock.monotonicMs() - this.#toldAtMs >= everyMs) {
      this.#toldAtMs = clock.monotonicMs();
      this.#usedAt = clock.now();
    }
    return this.#usedAt;
  }

  /** Let the devices go. */
  stop(): void {
    this.#isStopped = true;
    void this.#keepOnly(new Set());
  }

  async #keepOnly(nodes: ReadonlySet<string>): Promise<void> {
    for (const node of [...this.#opened.keys()].filter((each) => !nodes.has(each))) await this.#close(node);
  }

  /** @returns whether there was anything to read */
  async #drain(node: string): Promise<boolean> {
    const file = await this.#open(node);
    let isUsed = false;
    try {
      for (let reads = 0; file && reads < maxReads; reads += 1) {
        const { bytesRead } = await file.read(this.#buffer, 0, bufferBytes, null);
        if (bytesRead === 0) break;
        isUsed = true;
      }
    } catch (caught) {
      // Nothing more to read; anything else means that the device is gone.
      if (!isNothingToRead(caught)) await this.#close(node);
    }
    this.#buffer.fill(0);
    return isUsed;
  }

  async #open(node: string): Promise<FileHandle | undefined> {
    const known = this.#opened.get(node);
    if (known || this.#isStopped) return known;
    try {
      const flags = constants.O_RDONLY | constants.O_NONBLOCK;
      const file = await open(join(this.#options.folder, node), flags);
      this.#opened.set(node, file);
      return file;
    } catch {
      // Not ours to read, or gone: then nothing is known of it.
      return undefined;
    }
  }

  async #close(node: string): Promise<void> {
    const file = this.#opened.get(node);
    this.#opened.delete(node);
    await file?.close().catch(() => undefined);
  }
}

function isNothingToRead(caught: unknown): boolean {
  return caught instanceof Error && 'code' in caught && caught.code === 'EAGAIN';
}
