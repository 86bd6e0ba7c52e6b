import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { lastWordsOf } from './last-words.ts';
import { type Launched, type LaunchOptions, launch } from './launch.ts';
import { displayDescriptor } from './x-server-arguments.ts';

const startTimeoutMs = 10_000;

export interface XServerStart extends Omit<LaunchOptions, 'stdio'> {
  readonly logPath: string;
  readonly clock: Clock;
}

/**
 * Start an X server and wait until it listens on its sockets, some 40 ms.
 *
 * @returns the process and the number of its display
 * @throws xserver_failed with its last words
 */
export async function startXServer(options: XServerStart): Promise<Launched & { display: number }> {
  const log = await open(options.logPath, 'w', 0o600);
  try {
    const launched = await launch({ ...options, stdio: ['ignore', log.fd, log.fd, 'pipe'] });
    const display = await readDisplay(launched, options);
    return { ...launched, display };
  } catch (error) {
    if (error instanceof HomeroomError) throw error;
    throw new HomeroomError('xserver_failed', await lastWords(options.logPath), { cause: error });
  } finally {
    await log.close();
  }
}

/** @returns what an X server's log tells about its death, as one line */
export async function lastWords(logPath: string): Promise<string> {
  return lastWordsOf(await readFile(logPath, 'utf8').catch(() => ''));
}

function readDisplay({ child }: Launched, { clock }: XServerStart): Promise<number> {
  const pipe = child.stdio[displayDescriptor];
  if (!(pipe instanceof Readable)) throw new TypeError('the display descriptor is no pipe');
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = (act: () => void) => {
      cancel();
      child.off('exit', onExit);
      pipe.destroy();
      act();
    };
    const onExit = () => finish(() => reject(new Error('the X server ended before it was ready')));
    const cancel = clock.after(startTimeoutMs, () =>
      finish(() => reject(new HomeroomError('xserver_failed', 'the X server was not ready within 10 s'))),
    );
    child.once('exit', onExit);
    pipe.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\n')) finish(() => resolve(Number.parseInt(text, 10)));
    });
    // Its exit may have been told before we listened; the end of the pipe is not told before we read.
    pipe.once('end', onExit);
    pipe.on('error', () => undefined);
  });
}
