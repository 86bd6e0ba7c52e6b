import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol';

const answerTimeoutMs = 2_000;

/** Held while one process uses a folder. */
export interface FolderLock {
  free(): void;
}

export interface FolderLockOptions {
  /** Made when it is missing. */
  readonly folder: string;
  /** Of a folder that is made. */
  readonly mode: number;
  /** What the process is, as in `homeroom-up`: different ones do not exclude each other. */
  readonly holder: string;
}

/**
 * Let no second process use the same folder in the same way.
 *
 * The lock is a listening socket in Linux's abstract namespace: the kernel frees it with its holder, so it is never
 * stale. Who connects is told the holder's pid.
 *
 * @throws HomeroomError `data_folder_in_use` with the holder's pid; `config_invalid` when the folder cannot be used
 */
export async function lockFolder({ folder, mode, holder }: FolderLockOptions): Promise<FolderLock> {
  const path = makeFolder(folder, mode);
  const name = `\0${holder}-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;
  const server = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  server.unref().listen(name);
  try {
    await once(server, 'listening');
  } catch (caught) {
    const pid = await askHolder(name);
    const whom = pid === undefined ? '' : ` as process ${pid}; \`kill ${pid}\` ends it`;
    const detail = `Homeroom already runs on ${path}${whom}.`;
    throw new HomeroomError('data_folder_in_use', detail, { cause: toError(caught) });
  }
  return { free: () => server.close() };
}

function makeFolder(folder: string, mode: number): string {
  try {
    mkdirSync(folder, { recursive: true, mode });
    return realpathSync(folder);
  } catch (caught) {
    const cause = toError(caught);
    if ('code' in cause && cause.code === 'ENOSPC')
      throw new HomeroomError('disk_full', undefined, { cause });
    const detail = `HOMEROOM_DATA_DIR (dataDir): ${folder} cannot be used as a folder: ${cause.message}`;
    throw new HomeroomError('config_invalid', detail, { cause });
  }
}

/** @returns the holder's pid as it tells it, or undefined when it does not answer. */
async function askHolder(name: string): Promise<string | undefined> {
  const socket = createConnection(name).setEncoding('utf8');
  try {
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(answerTimeoutMs) });
    // Anybody on the machine could hold the name, and would have his words on this terminal.
    return /^\d{1,10}$/.test(answer) ? String(answer) : undefined;
  } catch {
    // It may be ending just now; its pid is only for the message.
    return undefined;
  } finally {
    socket.destroy();
  }
}
