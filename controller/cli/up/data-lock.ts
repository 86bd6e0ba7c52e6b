import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol';

const answerTimeoutMs = 2_000;

/** Held while one `homeroom up` uses a data folder. */
export interface DataLock {
  free(): void;
}

/**
 * Let no second `homeroom up` use the same data folder.
 *
 * The lock is a listening socket in Linux's abstract namespace: the kernel frees it with its holder, so it is never
 * stale. Who connects is told the holder's pid.
 *
 * @param dataDir made when it is missing
 * @throws HomeroomError `data_folder_in_use` with the holder's pid
 */
export async function lockData(dataDir: string): Promise<DataLock> {
  mkdirSync(dataDir, { recursive: true });
  const folder = realpathSync(dataDir);
  const name = `\0homeroom-up-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  const server = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  server.unref().listen(name);
  try {
    await once(server, 'listening');
  } catch (caught) {
    const holder = await askHolder(name);
    const detail = `Homeroom already runs on ${folder} (process ${holder ?? 'unknown'}).`;
    throw new HomeroomError('data_folder_in_use', detail, { cause: toError(caught) });
  }
  return { free: () => server.close() };
}

/** @returns the holder's pid as it tells it, or undefined when it does not answer. */
async function askHolder(name: string): Promise<string | undefined> {
  const socket = createConnection(name).setEncoding('utf8');
  try {
    const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(answerTimeoutMs) });
    return String(answer);
  } catch {
    // It may be ending just now; its pid is only for the message.
    return undefined;
  } finally {
    socket.destroy();
  }
}
