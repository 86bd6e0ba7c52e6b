import { HomeroomError } from '@homeroom/protocol/wire';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';
import type { AudioPort } from './audio-port.ts';

const timeoutMs = 4_000;
const output = '@DEFAULT_AUDIO_SINK@';

/** @returns whether `wpctl get-volume` tells of a muted output, as `Volume: 0.40 [MUTED]` does; null for other words */
export function parseWpctlMuted(text: string): boolean | null {
  return /^Volume: [\d.]+/.test(text) ? text.includes('[MUTED]') : null;
}

/** The sound by PipeWire's WirePlumber: the output that is the default now. */
export class WpctlAudio implements AudioPort {
  readonly #commands: CommandRunner;

  constructor(commands: CommandRunner) {
    this.#commands = commands;
  }

  async setMuted(muted: boolean, signal?: AbortSignal): Promise<void> {
    await this.#run(['set-mute', output, muted ? '1' : '0'], signal);
  }

  async readMuted(): Promise<boolean | null> {
    return parseWpctlMuted(await this.#run(['get-volume', output]));
  }

  async #run(args: string[], signal?: AbortSignal): Promise<string> {
    const outcome = await this.#commands.run('wpctl', args, { timeoutMs, ...(signal ? { signal } : {}) });
    if (outcome.kind === 'exited' && outcome.exitCode === 0) return outcome.stdout;
    throw new HomeroomError('hardware_failed', describeOutcome('wpctl', outcome));
  }
}
