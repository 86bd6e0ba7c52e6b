import { HomeroomError } from '@homeroom/protocol/wire';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';
import type { ScreenPowerPort } from './screen-power-port.ts';

const timeoutMs = 4_000;

/** @returns how the compositor's outputs are, of `wlopm`'s lines `HDMI-A-1 on`. */
export function parseWlopm(text: string): 'on' | 'off' | 'unknown' {
  const powers = [...text.matchAll(/^\S+ (on|off)$/gm)].map(([, power]) => power);
  if (powers.includes('on')) return 'on';
  return powers.length > 0 ? 'off' : 'unknown';
}

/** The screen as the Wayland compositor's outputs: they are blanked, not removed, so no window moves. */
export class WlopmScreen implements ScreenPowerPort {
  readonly #commands: CommandRunner;

  constructor(commands: CommandRunner) {
    this.#commands = commands;
  }

  async set(power: 'on' | 'off', signal?: AbortSignal): Promise<void> {
    await this.#run([`--${power}`, '*'], signal);
  }

  async read(): Promise<'on' | 'off' | 'unknown'> {
    return parseWlopm(await this.#run([]));
  }

  async #run(args: string[], signal?: AbortSignal): Promise<string> {
    const outcome = await this.#commands.run('wlopm', args, { timeoutMs, ...(signal ? { signal } : {}) });
    if (outcome.kind === 'exited' && outcome.exitCode === 0) return outcome.stdout;
    throw new HomeroomError('hardware_failed', describeOutcome('wlopm', outcome));
  }
}
