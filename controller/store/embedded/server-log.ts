import { existsSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Beyond this a log is set aside at the next start; one before it is kept. */
const maxBytes = 1_048_576;
const tailLines = 5;

export interface ServerLog {
  readonly fd: number;
  /** @returns the last lines, for a person. */
  readonly tail: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Open the server's log, a file: it goes on being written when the controller is killed, which a pipe would not. */
export async function openServerLog(folder: string): Promise<ServerLog> {
  const path = join(folder, 'postgres.log');
  if (existsSync(path) && (await stat(path)).size > maxBytes) await rename(path, `${path}.1`);
  const file = await open(path, 'a', 0o600);
  return {
    fd: file.fd,
    tail: async () => lastLines(await readFile(path, 'utf8')),
    close: () => file.close(),
  };
}

/** @returns the last lines of a text in one line. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-tailLines).join(' | ');
}
