import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CollectionReport, collectionReport, decodeValue } from '@homeroom/protocol/wire';
import { type CopyOptions, collectFiles } from './collect-files.ts';

export interface CollectOptions extends CopyOptions {
  /** Of the user; the copies stand below its name in `target`, and the report beside them. */
  readonly account: string;
}

/**
 * Collect a folder, once. The report is written last: where it stands, all of it was collected, and what the user does
 * afterwards changes nothing any more.
 */
export async function collectOnce(options: CollectOptions): Promise<CollectionReport> {
  const { account, target } = options;
  const folder = join(target, account);
  const reportPath = join(target, `${account}.json`);
  const before = await readReport(reportPath);
  if (before) return before;
  const part = join(target, `.${account}.part`);
  for (const rest of [part, folder]) await rm(rest, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  const report: CollectionReport = { folder, ...(await collectFiles({ ...options, target: part })) };
  await rename(part, folder);
  await writeFile(`${reportPath}.part`, JSON.stringify(report, undefined, 2), { mode: 0o600 });
  await rename(`${reportPath}.part`, reportPath);
  return report;
}

/** @returns the report of what was collected of a user; undefined when nothing was */
export function readCollected(target: string, account: string): Promise<CollectionReport | undefined> {
  return readReport(join(target, `${account}.json`));
}

async function readReport(path: string): Promise<CollectionReport | undefined> {
  try {
    const decoded = decodeValue(collectionReport, JSON.parse(await readFile(path, 'utf8')));
    return decoded.ok ? decoded.value : undefined;
  } catch {
    // None yet, or one that a crash of the machine left half written: then it is collected again.
    return undefined;
  }
}
