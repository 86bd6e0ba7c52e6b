import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeValue, toError } from '@homeroom/protocol/wire';
import type { Log } from '../log.ts';
import { type DesktopRecord, desktopRecord } from './desktop-record.ts';

/** The records on disk. A half-written one never shows: a new one takes its name only when whole. */
export class DesktopRecords {
  readonly #folder: string;
  readonly #log: Log;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  /** @returns every record that can be read; a broken one is told in the log and left out. */
  async load(): Promise<DesktopRecord[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.json'));
    const records = await Promise.all(names.map((name) => this.#read(name)));
    return records.filter((record) => record !== undefined);
  }

  async save(record: DesktopRecord): Promise<void> {
    const path = join(this.#folder, `${record.desktop}.json`);
    await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  async remove(desktop: string): Promise<void> {
    await rm(join(this.#folder, `${desktop}.json`), { force: true });
  }

  async #read(name: string): Promise<DesktopRecord | undefined> {
    try {
      const decoded = decodeValue(
        desktopRecord,
        JSON.parse(await readFile(join(this.#folder, name), 'utf8')),
      );
      if (decoded.ok) return decoded.value;
      this.#log.warn('A desktop record is broken', { name, reason: decoded.reason });
    } catch (error) {
      this.#log.warn('A desktop record cannot be read', { name, error: toError(error) });
    }
    return undefined;
  }
}
