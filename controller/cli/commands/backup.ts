import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toError } from '@homeroom/protocol';
import { pino } from 'pino';
import { openSavedDatabase } from '../../start/open-saved-database.ts';
import { makeBackup } from '../../store/backup/make-backup.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../option-rule.ts';
import { ProgressBar } from '../progress-bar.ts';
import { askNewPassphrase, readPassphraseFile } from './read-passphrase.ts';

/** Save an installation. */
export const backup: Command = defineCommand({
  name: 'backup',
  summary: 'save everything that is state of this machine’s controller into one file',
  arguments: ['[file]'],
  options: {
    homes: {
      type: 'string',
      value: 'FOLDER',
      description: 'save everybody’s home, too: the folder that holds them',
    },
    encrypt: { type: 'boolean', description: 'seal it by a passphrase, which is asked for' },
    'passphrase-file': {
      type: 'string',
      value: 'FILE',
      description: 'seal it by the first line of this file',
    },
    json: jsonOption,
  },
  about:
    'The controller may run or not; people go on working. The file (0600) holds the whole database as it was at one moment, certificates, keys and the broker’s passwords: who has it and can open it has everything. Without a name it is homeroom-<time>.tar.gz here. docs/backup.md tells what is in it, and how it is restored.',
  run: async ({ args: [file], values }, context) => {
    const { config, dataDir, ownDir, version } = context.local();
    const now = new Date();
    const passphrase = await passphraseOf(values, context);
    const path = resolve(
      file ?? `homeroom-${stampOf(now)}.tar.gz${passphrase === undefined ? '' : '.sealed'}`,
    );
    await requireFree(path);
    const bar = new ProgressBar({ write: values.json ? undefined : context.progress });
    const logger = pino({ level: 'silent' });
    await using database = await openSavedDatabase({ databaseUrl: config.databaseUrl, ownDir, logger });
    const made = await makeBackup({
      url: database.url,
      dataDir,
      secretKeyFile: config.secretKeyFile,
      homesDir: values.homes === undefined ? undefined : resolve(values.homes),
      path,
      passphrase,
      version,
      now,
      signal: context.stopping,
      onProgress: (what, done, total) => bar.show(what, done, total),
    }).finally(() => bar.end());
    const { size } = await stat(path);
    if (values.json) return context.print(`${JSON.stringify({ path, bytes: size, ...made })}\n`);
    const sealed =
      passphrase === undefined ? 'It is not sealed: keep it where nobody else reads it.' : 'It is sealed.';
    context.print(
      `${path}: ${made.rows} rows of ${made.tables} tables, ${made.files} files, ${size} bytes. ${sealed}\n`,
    );
  },
});

async function passphraseOf(
  values: { readonly encrypt: boolean; readonly 'passphrase-file': string | undefined },
  context: CommandContext,
): Promise<string | undefined> {
  const path = values['passphrase-file'];
  if (path !== undefined) return await readPassphraseFile(path);
  return values.encrypt ? await askNewPassphrase(context) : undefined;
}

/** A backup never takes the place of another. */
async function requireFree(path: string): Promise<void> {
  const isTaken = await stat(path).then(
    () => true,
    (caught: unknown) => {
      const cause = toError(caught);
      if ('code' in cause && cause.code === 'ENOENT') return false;
      throw new CliFault(exitCodes.failed, `${path} cannot be written: ${cause.message}.`, { cause });
    },
  );
  if (isTaken) throw new CliFault(exitCodes.failed, `${path} is there already.`);
}

function stampOf(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(':', '-');
}
