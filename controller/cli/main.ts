import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { HomeroomError, toError } from '@homeroom/protocol';
import { exitCodeOf } from '../exit-code-of.ts';
import { CliFault } from './cli-fault.ts';
import { findCommand } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { overview } from './help.ts';
import { openApi } from './open-api.ts';

const root = resolve(import.meta.dirname, '../..');
const [first, ...others] = process.argv.slice(2);
const api = (server?: string) =>
  openApi({
    environment: server === undefined ? process.env : { ...process.env, HOMEROOM_URL: server },
    root,
    readFile: readIfThere,
  });
const print = (text: string) => process.stdout.write(text);
const progress = process.stderr.isTTY ? (text: string) => process.stderr.write(text) : undefined;
const stopping = new AbortController();

if (first === 'up') {
  // It reads the arguments after its own file's name.
  process.argv.splice(2, 1);
  await import('./up/main.ts');
} else {
  process.exitCode = await main();
}

/** @returns the exit code. */
async function main(): Promise<number> {
  const wantsHelp = first === undefined || first === 'help' || first === '--help' || first === '-h';
  const found = findCommand(wantsHelp ? others : [first, ...others]);
  if (wantsHelp || found?.rest.includes('--help')) {
    process.stdout.write(found?.command.usage ?? overview());
    return exitCodes.succeeded;
  }
  if (!found) {
    process.stderr.write(`homeroom knows no command "${[first, ...others].join(' ')}".\n\n${overview()}`);
    return exitCodes.usage;
  }
  try {
    // The second one ends it as usual.
    process.once('SIGINT', () => stopping.abort());
    await found.command.run(found.rest, { api, print, progress, stopping: stopping.signal });
    return exitCodes.succeeded;
  } catch (caught) {
    const fault = toError(caught);
    const usage = fault instanceof CliFault && fault.exitCode === exitCodes.usage;
    process.stderr.write(`${fault.message}\n${usage ? `\n${found.command.usage}` : ''}`);
    if (fault instanceof HomeroomError) return exitCodeOf(fault);
    return fault instanceof CliFault ? fault.exitCode : exitCodes.failed;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not ours to read: the caller says what is missing.
    return undefined;
  }
}
