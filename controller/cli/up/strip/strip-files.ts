import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** One socket of the strip. */
export interface Socket {
  readonly on: boolean;
  /** When it was switched last: ISO 8601. */
  readonly since: string;
}

/** With which the strip comes to the broker. */
export interface StripCredential {
  readonly username: string;
  readonly password: string;
}

/** The strip's relay id. */
export const stripId = 'strip-1';

const sockets = v.array(v.object({ on: v.boolean(), since: v.string() }));
const credential = v.object({ username: v.string(), password: v.string() });

/** The folder of what the strip keeps between starts. */
export function stripDir(dataDir: string): string {
  return join(dataDir, 'strip');
}

/**
 * @param count how many there are to be
 * @returns the sockets as they were left; a new one is on
 */
export function readSockets(dataDir: string, count: number, now: Date): Socket[] {
  const kept = readJson(sockets, socketsFile(dataDir)) ?? [];
  return Array.from({ length: count }, (_, index) => kept[index] ?? { on: true, since: now.toISOString() });
}

/** Those beyond what there are now keep their place: a later start may have more seats again. */
export function writeSockets(dataDir: string, now: readonly Socket[]): void {
  const more = (readJson(sockets, socketsFile(dataDir)) ?? []).slice(now.length);
  writeJson(socketsFile(dataDir), [...now, ...more]);
}

/** @returns undefined when the controller has not taken the strip */
export function readStripCredential(dataDir: string): StripCredential | undefined {
  return readJson(credential, credentialFile(dataDir));
}

export function writeStripCredential(dataDir: string, { username, password }: StripCredential): void {
  mkdirSync(stripDir(dataDir), { recursive: true, mode: 0o700 });
  writeJson(credentialFile(dataDir), { username, password });
}

const socketsFile = (dataDir: string) => join(stripDir(dataDir), 'sockets.json');
const credentialFile = (dataDir: string) => join(stripDir(dataDir), 'credential.json');

function readJson<S extends v.GenericSchema>(schema: S, file: string): v.InferOutput<S> | undefined {
  try {
    return v.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // None yet. A torn one cannot be, as it is renamed into place.
    return undefined;
  }
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
