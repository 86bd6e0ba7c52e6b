import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const coreDir = fileURLToPath(new URL('../../../hardware/firmware/core', import.meta.url));
const strict = ['-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror'];
/** Whatever reads or counts wrongly ends the program. */
const watched = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-O1'];

/** The firmware's core as a program, compiled for this machine. */
export class FirmwareCore {
  readonly #dir: string;
  readonly #program: string;

  constructor() {
    this.#dir = mkdtempSync(join(tmpdir(), 'homeroom-firmware-'));
    this.#program = join(this.#dir, 'core');
    const sources = readdirSync(coreDir).filter((name) => name.endsWith('.cpp'));
    // As on the board: no exceptions and no type information. The driver has neither of these limits.
    const objects = sources.map((name) => {
      const object = join(this.#dir, `${name}.o`);
      const limits = ['-fno-exceptions', '-fno-rtti'];
      compile(['-c', join(coreDir, name), '-o', object, ...limits]);
      return object;
    });
    compile([join(import.meta.dirname, 'driver.cpp'), ...objects, `-I${coreDir}`, '-o', this.#program]);
  }

  /** @returns the lines that answer each command */
  play(commands: readonly string[]): string[][] {
    const output = execFileSync(this.#program, { input: `${commands.join('\n')}\n`, encoding: 'utf8' });
    const answers = output.split(/^\.\n/m).slice(0, -1);
    return answers.map((answer) => answer.split('\n').filter((line) => line !== ''));
  }

  remove(): void {
    rmSync(this.#dir, { recursive: true });
  }
}

function compile(args: readonly string[]): void {
  execFileSync('g++', ['-std=c++17', ...strict, ...watched, ...args]);
}

/** @returns the command that hands a payload to the board */
export function receive(payload: unknown, { retained = false } = {}): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return `receive ${retained ? 1 : 0} ${Buffer.from(text).toString('hex')}`;
}
