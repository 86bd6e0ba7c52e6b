import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toError } from '@homeroom/protocol';
import { ApiClient } from './api-client.ts';
import { CliFault } from './cli-fault.ts';
import { findCommand } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { overview } from './help.ts';

const root = resolve(import.meta.dirname, '../..');
const [first, ...others] = process.argv.slice(2);

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
    process.stderr.write(`homeroom knows no command "${[first, ...others].join(' ')}"\n\n${overview()}`);
    return exitCodes.usage;
  }
  try {
    await found.command.run(found.rest, { api: openApi, print: (text) => process.stdout.write(text) });
    return exitCodes.succeeded;
  } catch (caught) {
    const fault = toError(caught);
    const usage = fault instanceof CliFault && fault.exitCode === exitCodes.usage;
    process.stderr.write(`${fault.message}\n${usage ? `\n${found.command.usage}` : ''}`);
    return fault instanceof CliFault ? fault.exitCode : exitCodes.failed;
  }
}

function openApi(): ApiClient {
  const { HOMEROOM_URL, HOMEROOM_TOKEN, HOMEROOM_PORT, HOMEROOM_DATA_DIR } = process.env;
  const dataDir = resolve(root, HOMEROOM_DATA_DIR || '.homeroom', 'controller');
  const tokenFile = join(dataDir, 'admin-token');
  const token = HOMEROOM_TOKEN || readIfThere(tokenFile)?.trim();
  if (!token) {
    throw new CliFault(
      exitCodes.unreachable,
      `there is no ${tokenFile}: start the controller, name its data folder with HOMEROOM_DATA_DIR, or set HOMEROOM_TOKEN`,
    );
  }
  const url = HOMEROOM_URL || `http://127.0.0.1:${HOMEROOM_PORT || '8080'}`;
  if (!URL.canParse(url)) throw new CliFault(exitCodes.usage, `HOMEROOM_URL ${url} is no URL`);
  return new ApiClient({ url, token, caPem: readIfThere(join(dataDir, 'tls', 'ca.pem')) });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not ours to read: the caller says what is missing.
    return undefined;
  }
}
