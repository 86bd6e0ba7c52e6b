import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { waitFor } from '../../support/wait-for.ts';
import type { Installation } from './installation.ts';

const root = resolve(import.meta.dirname, '../../..');
const tellTimeoutMs = 45_000;
const endTimeoutMs = 20_000;

/** Whether this machine lets a process have files of its own in place of the machine's. */
export const canHideFiles = spawnSync('unshare', ['--mount', 'true']).status === 0;

export interface AgentProcessOptions {
  /** Settings of the agent, over those that find this controller. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
  /** What this process alone finds in place of a file: by the file's path. Needs {@link canHideFiles}. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One real agent that `up` did not start. Its data folder lies in the installation's. */
export class AgentProcess {
  readonly dataDir: string;
  readonly #child: ChildProcess;
  #log = '';

  /** Start it. @param name of its data folder, and its device id unless told otherwise */
  constructor(homeroom: Installation, name: string, options: AgentProcessOptions = {}) {
    const folder = join(homeroom.dataDir, 'neighbours');
    // A host's users walk through it to their homes.
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711);
    this.dataDir = join(folder, name);
    const agent = [process.execPath, join(root, 'agent/homeroom-agent.mjs'), ...(options.arguments ?? [])];
    const [program = '', ...args] = [...withFiles(options.files ?? {}), ...agent];
    const { PATH = '', HOME = '/' } = process.env;
    this.#child = spawn(program, args, {
      env: {
        PATH,
        HOME,
        HOMEROOM_CONTROLLER: `127.0.0.1:${homeroom.ports.mqttTls}`,
        HOMEROOM_DATA_DIR: this.dataDir,
        HOMEROOM_DEVICE_ID: name,
        HOMEROOM_BOARD: 'simulated',
        HOMEROOM_KIOSK: 'none',
        ...options.environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#log += chunk.toString();
    });
  }

  /** Wait until the log has a word, such as an error's code. @returns the line */
  async untilLogged(word: string): Promise<string> {
    const line = await waitFor(
      `the agent logs ${word}`,
      () => this.#log.split('\n').find((each) => each.includes(word)),
      tellTimeoutMs,
    ).catch((cause: unknown) => {
      throw new Error(`${word} is not in the log:\n${this.#log}`, { cause });
    });
    return line;
  }

  /** As `systemctl stop` does. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** It dies without a word. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill(signal);
    await once(this.#child, 'exit', { signal: AbortSignal.timeout(endTimeoutMs) });
  }
}

/** @returns the words before a command that make it see other files; none when there is nothing to hide */
function withFiles(files: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(files);
  if (entries.length === 0) return [];
  const mounts = entries.map(([path, other]) => `mount --bind '${other}' '${path}'`).join(' && ');
  return ['unshare', '--mount', 'sh', '-c', `${mounts} && exec "$@"`, 'sh'];
}
