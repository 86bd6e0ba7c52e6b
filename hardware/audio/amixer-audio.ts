import { HomeroomError } from '@homeroom/protocol/wire';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';
import type { AudioPort } from './audio-port.ts';

const timeoutMs = 4_000;
/** As sound cards call what goes to the speakers; a Pi's has `PCM` or `HDMI` alone. */
const usualNames = ['Master', 'PCM', 'HDMI', 'Headphone', 'Speaker'];

/** @returns the control to mute, of `amixer scontrols`' lines `Simple mixer control 'PCM',0`; undefined without one */
export function chooseControl(text: string): string | undefined {
  const names = [...text.matchAll(/^Simple mixer control '([^']+)',\d+$/gm)].map(([, name]) => name);
  return usualNames.find((name) => names.includes(name));
}

/** @returns whether every channel of `amixer sget` is off; null when it has no switch */
export function parseAmixerMuted(text: string): boolean | null {
  const switches = [...text.matchAll(/^.*\[(on|off)\]\s*$/gm)].map(([, state]) => state);
  return switches.length === 0 ? null : switches.every((state) => state === 'off');
}

/** The sound by ALSA's mixer, for machines without a sound server. */
export class AmixerAudio implements AudioPort {
  readonly #commands: CommandRunner;

  constructor(commands: CommandRunner) {
    this.#commands = commands;
  }

  async setMuted(muted: boolean, signal?: AbortSignal): Promise<void> {
    await this.#run(['sset', await this.#control(signal), muted ? 'mute' : 'unmute'], signal);
  }

  async readMuted(): Promise<boolean | null> {
    return parseAmixerMuted(await this.#run(['sget', await this.#control()]));
  }

  /** Looked up each time: a USB sound card may come and go. */
  async #control(signal?: AbortSignal): Promise<string> {
    const control = chooseControl(await this.#run(['scontrols'], signal));
    if (control === undefined)
      throw new HomeroomError('hardware_failed', 'no sound card has a switch to mute it');
    return control;
  }

  async #run(args: string[], signal?: AbortSignal): Promise<string> {
    const outcome = await this.#commands.run('amixer', args, { timeoutMs, ...(signal ? { signal } : {}) });
    if (outcome.kind === 'exited' && outcome.exitCode === 0) return outcome.stdout;
    throw new HomeroomError('hardware_failed', describeOutcome('amixer', outcome));
  }
}
