import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

/** Somebody who went away leaves no command behind. */
const patienceMs = 10 * 60_000;

export interface TerminalQuestion {
  readonly question: string;
  readonly isSecret: boolean;
  readonly input: Readable & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Ask on the terminal; where there is none, the next line of the input is the answer.
 *
 * @throws CliFault when the input ends without one
 */
export async function askAtTerminal({
  question,
  isSecret,
  input,
  output,
  signal,
}: TerminalQuestion): Promise<string> {
  const isTerminal = input.isTTY === true;
  // The terminal echoes by readline; without an output of its own it does not.
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (isTerminal) output.write(question);
  const lines = createInterface({
    input,
    output: isSecret || !isTerminal ? mute : output,
    terminal: isTerminal,
  });
  const ending = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  try {
    const closed = once(lines, 'close', { signal: ending }).then(() => undefined);
    const line = once(lines, 'line', { signal: ending }).then(([text]) => String(text));
    const answer = await Promise.race([line, closed]);
    if (isTerminal && isSecret) output.write('\n');
    if (answer === undefined || answer === '') throw new CliFault(exitCodes.usage, 'There was no answer.');
    return answer;
  } finally {
    lines.close();
  }
}
