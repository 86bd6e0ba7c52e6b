/**
 * GPIO lines by libgpiod's tools. A level is promised only while somebody holds the line, so a `gpioset` per line
 * runs as long as the line is open; it dies with this process. What a line does then is the controller's choice:
 * some let go of it, some keep its last level. So a line that is closed is driven inactive first.
 *
 * A change replaces the holder, so the line is loose for some milliseconds. That is why each line has a holder
 * of its own: only the relay that moves anyway can notice.
 */
import { HomeroomError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { type CommandRunner, describeOutcome, type HeldProcess } from '../process/command-runner.ts';
import type { GpioDriver, GpioLine, GpioOutput } from './gpio-driver.ts';
import {
  gpioinfoArgs,
  gpiosetArgs,
  isHeldByUs,
  type LibgpiodVersion,
  parseHeaderChip,
  parseLibgpiodVersion,
} from './libgpiod-tools.ts';

const toolTimeoutMs = 3_000;
const confirmTries = 40;
const confirmEveryMs = 25;

interface Tools {
  readonly commands: CommandRunner;
  readonly clock: Clock;
}

interface HeaderChip {
  readonly version: LibgpiodVersion;
  readonly chip: string;
  readonly lineCount: number;
}

/** @returns a driver, or in words why there is none. */
export async function findLibgpiodDriver(tools: Tools): Promise<GpioDriver | string> {
  const said = await tools.commands.run('gpioset', ['--version'], { timeoutMs: toolTimeoutMs });
  if (said.kind !== 'exited') return 'libgpiod’s tools are not installed (package gpiod)';
  const version = parseLibgpiodVersion(said.stdout);
  if (version === undefined) return 'gpioset is of a libgpiod that Homeroom does not know';
  const detected = await tools.commands.run('gpiodetect', [], { timeoutMs: toolTimeoutMs });
  if (detected.kind !== 'exited' || detected.exitCode !== 0) return describeOutcome('gpiodetect', detected);
  const header = parseHeaderChip(detected.stdout);
  return header ? new LibgpiodDriver(tools, { version, ...header }) : 'there is no GPIO header';
}

export class LibgpiodDriver implements GpioDriver {
  readonly name = 'libgpiod';
  readonly #tools: Tools;
  readonly #header: HeaderChip;

  constructor(tools: Tools, header: HeaderChip) {
    this.#tools = tools;
    this.#header = header;
  }

  async open(line: GpioLine): Promise<GpioOutput> {
    if (line.line >= this.#header.lineCount)
      throw new HomeroomError('hardware_absent', `there is no GPIO line ${line.line}`);
    const output = new HeldLine(this.#tools, this.#header, line);
    await output.set(false);
    return output;
  }
}

class HeldLine implements GpioOutput {
  readonly #tools: Tools;
  readonly #header: HeaderChip;
  readonly #line: GpioLine;
  #holder: HeldProcess | undefined;
  #isActive = false;
  #onLost: (reason: string) => void = () => undefined;

  constructor(tools: Tools, header: HeaderChip, line: GpioLine) {
    this.#tools = tools;
    this.#header = header;
    this.#line = line;
  }

  onLost(listener: (reason: string) => void): void {
    this.#onLost = listener;
  }

  async set(active: boolean): Promise<void> {
    await this.#release();
    const args = gpiosetArgs(this.#header.version, { ...this.#line, chip: this.#header.chip, active });
    const holder = this.#tools.commands.hold('gpioset', args);
    const end = { reason: undefined as string | undefined };
    void holder.exited.then(({ reason }) => {
      end.reason = reason;
    });
    if (!(await this.#confirm(end))) {
      const reason = end.reason ?? 'gpioset does not hold it';
      await holder.stop();
      throw new HomeroomError('hardware_failed', `GPIO line ${this.#line.line}: ${reason}`);
    }
    this.#holder = holder;
    this.#isActive = active;
    void holder.exited.then(({ reason }) => {
      if (this.#holder === holder) this.#onLost(reason);
    });
  }

  async close(): Promise<void> {
    if (this.#holder && this.#isActive) await this.set(false);
    await this.#release();
  }

  async #release(): Promise<void> {
    const holder = this.#holder;
    this.#holder = undefined;
    await holder?.stop();
  }

  /** `gpioset` says nothing when it has done its work, so `gpioinfo` is asked until the line is ours. */
  async #confirm(end: { readonly reason: string | undefined }): Promise<boolean> {
    const { version, chip } = this.#header;
    for (let tried = 0; tried < confirmTries && end.reason === undefined; tried += 1) {
      const info = await this.#tools.commands.run('gpioinfo', gpioinfoArgs(version, chip), {
        timeoutMs: toolTimeoutMs,
      });
      if (info.kind === 'exited' && isHeldByUs(version, info.stdout, this.#line.line))
        return end.reason === undefined;
      await new Promise<void>((resolve) => this.#tools.clock.after(confirmEveryMs, resolve));
    }
    return false;
  }
}
