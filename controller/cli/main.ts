import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { HomeroomError, toError } from '@homeroom/protocol';
import { loadConfig } from '../config.ts';
import { exitCodeOf } from '../exit-code-of.ts';
import { CliFault } from './cli-fault.ts';
import type { CommandContext } from './command.ts';
import { findCommand } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { overview } from './help.ts';
import type { LocalInstallation } from './local-installation.ts';
import { LoginFile } from './login/login-file.ts';
import { openApi } from './open-api.ts';
import { takeServer } from './take-server.ts';
import { askAtTerminal } from './terminal-question.ts';

const root = resolve(import.meta.dirname, '../..');
const stopping = new AbortController();

if (process.argv[2] === 'up') {
  // It reads the arguments after its own file's name.
  process.argv.splice(2, 1);
  await import('./up/main.ts');
} else {
  process.exitCode = await main();
}

/** @returns the exit code. */
async function main(): Promise<number> {
  try {
    const { server, words } = takeServer(process.argv.slice(2));
    return await runCommand(words, server);
  } catch (caught) {
    return tellFault(caught, '');
  }
}

async function runCommand(words: readonly string[], server: string | undefined): Promise<number> {
  const [first, ...others] = words;
  const wantsHelp = first === undefined || first === 'help' || first === '--help' || first === '-h';
  const found = findCommand(wantsHelp ? others : words);
  const asksForHelp = found?.rest.some((word) => word === '--help' || word === '-h');
  if (wantsHelp || asksForHelp) {
    process.stdout.write(found?.command.usage ?? overview(wantsHelp ? others[0] : undefined));
    return exitCodes.succeeded;
  }
  if (!found) {
    process.stderr.write(`homeroom knows no command "${words.join(' ')}".\n\n${overview(first)}`);
    return exitCodes.usage;
  }
  try {
    // The second one ends it as usual.
    process.once('SIGINT', () => stopping.abort());
    await found.command.run(found.rest, contextOf(server));
    return exitCodes.succeeded;
  } catch (caught) {
    return tellFault(caught, found.command.usage);
  }
}

function contextOf(server: string | undefined): CommandContext {
  const named = server ?? (process.env.HOMEROOM_URL || undefined);
  const logins = new LoginFile({ path: loginsPath(), readFile: readIfThere });
  return {
    api: (url = named) =>
      openApi({ environment: { ...process.env, HOMEROOM_URL: url }, root, readFile: readIfThere, logins }),
    server: named,
    local: readLocal,
    logins,
    print: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
    progress: process.stderr.isTTY ? (text) => process.stderr.write(text) : undefined,
    ask: (question, { isSecret = false } = {}) =>
      askAtTerminal({
        question,
        isSecret,
        input: process.stdin,
        output: process.stderr,
        signal: stopping.signal,
      }),
    isAttended: process.stdin.isTTY === true,
    stopping: stopping.signal,
  };
}

/** @returns the exit code */
function tellFault(caught: unknown, usage: string): number {
  const fault = toError(caught);
  if (stopping.signal.aborted && fault.name === 'AbortError') {
    process.stderr.write('Interrupted.\n');
    return exitCodes.failed;
  }
  const isUsage = fault instanceof CliFault && fault.exitCode === exitCodes.usage;
  const text = fault instanceof HomeroomError ? `${fault.detail} (${fault.code})` : fault.message;
  process.stderr.write(`${text}\n${isUsage && usage !== '' ? `\n${usage}` : ''}`);
  if (fault instanceof HomeroomError) return exitCodeOf(fault);
  return fault instanceof CliFault ? fault.exitCode : exitCodes.failed;
}

/** By the XDG Base Directory Specification; a relative path there is to be ignored. */
function loginsPath(): string {
  const { XDG_CONFIG_HOME } = process.env;
  const folder = XDG_CONFIG_HOME?.startsWith('/') ? XDG_CONFIG_HOME : join(homedir(), '.config');
  return join(folder, 'homeroom/logins.json');
}

function readLocal(): LocalInstallation {
  const read = (path: string) => readIfThere(resolve(root, path));
  const { secretKeyFile, ...others } = loadConfig({ environment: process.env, readFile: read });
  // Relative paths begin at the checkout, as the controller's do.
  const config =
    secretKeyFile === undefined ? others : { ...others, secretKeyFile: resolve(root, secretKeyFile) };
  const dataDir = resolve(root, config.dataDir);
  const manifest: { version?: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    config,
    dataDir,
    ownDir: join(dataDir, 'controller'),
    version: manifest.version ?? 'unknown',
    nodeVersion: process.versions.node,
    isRoot: process.getuid?.() === 0,
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not ours to read: the caller says what is missing.
    return undefined;
  }
}
