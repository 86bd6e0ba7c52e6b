import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { HomeroomError, toError } from '@homeroom/protocol';
import { lastLines } from './server-log.ts';
import type { Identity } from './unprivileged.ts';

interface ProgramOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly identity: Identity;
}

/** Nothing of the controller's environment reaches the server: neither its language nor its secrets. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

function commandOf({ program, args, identity }: ProgramOptions): [string, string[]] {
  const [first = program, ...rest] = [...identity.prefix, program, ...args];
  return [first, rest];
}

/** A server that was started. */
export interface ServerProcess {
  readonly pid: number;
  /** How it ended, once it has ended and is reaped. */
  readonly exit: () => string | undefined;
}

/**
 * Start the server in a process group of its own: Ctrl-C in a terminal reaches the whole group of the
 * controller, which must close its connections before the server goes.
 *
 * @throws database_start_failed when the program could not be run
 */
export async function spawnServer(
  options: ProgramOptions & { readonly logFd: number },
): Promise<ServerProcess> {
  const [program, args] = commandOf(options);
  const child = spawn(program, args, {
    ...options.identity.credentials,
    cwd: '/',
    env: environment,
    detached: true,
    stdio: ['ignore', options.logFd, options.logFd],
  });
  let exit: string | undefined;
  child.once('exit', (code, signal) => {
    exit = `it ended with ${signal ?? `code ${code}`}`;
  });
  // The controller may end before the server does.
  child.unref();
  await once(child, 'spawn').catch(explainSpawn);
  return { pid: child.pid ?? -1, exit: () => exit };
}

/** Run `initdb` to its end. @returns its last words when it failed, else undefined */
export async function runInit(
  options: ProgramOptions & { readonly signal: AbortSignal },
): Promise<string | undefined> {
  const [program, args] = commandOf(options);
  const child = spawn(program, args, {
    ...options.identity.credentials,
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: options.signal,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4_000);
  });
  const [code] = await once(child, 'close').catch(explainSpawn);
  return code === 0 ? undefined : `initdb ended with code ${code}: ${lastLines(words)}`;
}

function explainSpawn(caught: unknown): never {
  const cause = toError(caught);
  throw new HomeroomError('database_start_failed', `PostgreSQL could not be run: ${cause.message}`, {
    cause,
  });
}
