import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const command = resolve(import.meta.dirname, '../../../../controller/cli/homeroom.mjs');
const endTimeoutMs = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is typed. */
  readonly input?: string;
}

/** Run `homeroom` as a script does, to its end. */
export async function homeroom(
  args: readonly string[],
  { environment = {}, input = '' }: RunOptions,
): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...environment },
    signal: AbortSignal.timeout(endTimeoutMs),
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...said };
}

/** @returns what it prints with `--json` @throws when it does not end with 0 */
export async function homeroomJson(args: readonly string[], options: RunOptions) {
  const { code, stdout, stderr } = await homeroom([...args, '--json'], options);
  if (code !== 0) throw new Error(`homeroom ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}
