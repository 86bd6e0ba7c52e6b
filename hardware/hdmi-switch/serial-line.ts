import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';
import type { SwitchLine } from './switch-line.ts';

const setUpMs = 3_000;
/** So long a switch may take to answer. */
const answerMs = 1_500;
const lookMs = 20;
const maxAnswer = 4_096;
const { O_NOCTTY, O_NONBLOCK, O_RDWR } = constants;

export interface SerialLineOptions {
  /** `/dev/ttyUSB0`, better `/dev/serial/by-id/…`: those names stay. */
  readonly path: string;
  readonly baud: number;
  readonly commands: CommandRunner;
  readonly clock: Clock;
}

/** A serial line of eight bits without parity, set up anew for each exchange: a USB adapter may have been replugged. */
export class SerialLine implements SwitchLine {
  readonly #options: SerialLineOptions;

  constructor(options: SerialLineOptions) {
    this.#options = options;
  }

  async exchange(bytes: Buffer, isEnough: (answer: string) => boolean, signal: AbortSignal): Promise<string> {
    await this.#setUp(signal);
    try {
      // Without O_NONBLOCK an open waits for a carrier that most switches never give.
      await using line = await open(this.#options.path, O_RDWR | O_NOCTTY | O_NONBLOCK);
      await line.write(bytes);
      return await this.#read(line, isEnough, signal);
    } catch (caught) {
      signal.throwIfAborted();
      const cause = toError(caught);
      throw new HomeroomError('hardware_failed', `${this.#options.path} cannot be used: ${cause.message}`, {
        cause,
      });
    }
  }

  async #setUp(signal: AbortSignal): Promise<void> {
    const { path, baud, commands } = this.#options;
    const settings = ['raw', '-echo', 'cs8', '-cstopb', '-parenb', '-crtscts', 'clocal'];
    const args = ['-F', path, String(baud), ...settings];
    const outcome = await commands.run('stty', args, { timeoutMs: setUpMs, signal });
    if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
      throw new HomeroomError('hardware_failed', describeOutcome('stty', outcome));
  }

  async #read(line: FileHandle, isEnough: (answer: string) => boolean, signal: AbortSignal): Promise<string> {
    const { clock } = this.#options;
    const untilMs = clock.monotonicMs() + answerMs;
    let answer = '';
    while (!isEnough(answer) && clock.monotonicMs() < untilMs) {
      signal.throwIfAborted();
      const came = await readSome(line);
      if (came === '') await wait(clock, lookMs);
      answer = `${answer}${came}`.slice(-maxAnswer);
    }
    return answer;
  }
}

/** @returns empty when nothing has come yet */
async function readSome(line: FileHandle): Promise<string> {
  try {
    const { bytesRead, buffer } = await line.read(Buffer.alloc(256), 0, 256, null);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'EAGAIN') return '';
    throw caught;
  }
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
