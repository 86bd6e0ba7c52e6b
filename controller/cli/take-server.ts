import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

/**
 * Take `--server URL` out of a command line: every command has it, wherever it stands. Pure.
 *
 * @throws CliFault when it has no value
 */
export function takeServer(argv: readonly string[]): {
  server: string | undefined;
  words: readonly string[];
} {
  const at = argv.findIndex((word) => word === '--server' || word.startsWith('--server='));
  const end = argv.indexOf('--');
  if (at === -1 || (end !== -1 && end < at)) return { server: undefined, words: argv };
  const word = argv[at] ?? '';
  const isJoined = word.startsWith('--server=');
  const server = isJoined ? word.slice('--server='.length) : argv[at + 1];
  if (server === undefined || server === '' || server.startsWith('--'))
    throw new CliFault(exitCodes.usage, '--server needs the URL of a controller.');
  return { server, words: argv.toSpliced(at, isJoined ? 1 : 2) };
}
