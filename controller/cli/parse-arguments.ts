import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { toError } from '@homeroom/protocol';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Read a command's own arguments, strictly.
 *
 * @param positionals how many there must be
 * @throws CliFault with exit code 2
 */
export function parseArguments<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: T,
  positionals = 0,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: positionals > 0 });
    if (parsed.positionals.length === positionals) return parsed;
  } catch (caught) {
    throw new CliFault(exitCodes.usage, firstSentence(toError(caught).message), { cause: caught });
  }
  throw new CliFault(
    exitCodes.usage,
    `This command takes ${positionals === 1 ? 'one argument' : `${positionals || 'no'} arguments`}.`,
  );
}

/** Node goes on about spellings such as `--uses=-XYZ`, which are none of ours. */
function firstSentence(text: string): string {
  return `${text.split(/\.(?:\s|$)|\n/, 1)[0] ?? text}.`;
}
