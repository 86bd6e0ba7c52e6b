import { resolve } from 'node:path';
import { pino } from 'pino';
import { restoreInstallation } from '../../start/restore-installation.ts';
import { isSealed } from '../../store/backup/archive-reader.ts';
import { checkBackup } from '../../store/backup/check-backup.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { ProgressBar } from '../progress-bar.ts';
import { readPassphraseFile } from './read-passphrase.ts';

/** Make an installation of a backup. */
export const restore: Command = defineCommand({
  name: 'restore',
  summary: 'make an installation of a backup, in an empty data folder',
  arguments: ['file'],
  options: {
    homes: { type: 'string', value: 'FOLDER', description: 'put everybody’s home into this empty folder' },
    'passphrase-file': {
      type: 'string',
      value: 'FILE',
      description: 'open a sealed one by the first line of this file; else it is asked for',
    },
    check: { type: 'boolean', description: 'only read the backup wholly and compare its checksums' },
    replace: {
      type: 'boolean',
      description: 'what is there may go: the controller’s folder is put aside, an own database emptied',
    },
    json: jsonOption,
  },
  about:
    'The controller must be stopped. The data folder is that of HOMEROOM_DATA_DIR, the database the embedded one or that of HOMEROOM_DATABASE_URL. Checksums are compared before anything is written, and it is all or nothing. A backup of an older Homeroom is brought up to date; one of a newer is refused.',
  run: async ({ args: [file = ''], values }, context) => {
    const path = resolve(file);
    const place = { path, passphrase: await passphraseOf(path, values['passphrase-file'], context) };
    const bar = new ProgressBar({ write: values.json ? undefined : context.progress });
    const onProgress = (what: string, done: number, total: number) => bar.show(what, done, total);
    if (values.check) {
      const { about, manifest } = await checkBackup(place, (entries) =>
        onProgress('Parts checked', entries, entries),
      ).finally(() => bar.end());
      const told = { ...about, tables: manifest.tables.length, homeEntries: manifest.homes.entries };
      if (values.json) return context.print(`${JSON.stringify(told)}\n`);
      return context.print(`${path} is whole: made ${about.madeAt} by Homeroom ${about.version}.\n`);
    }
    const { config, dataDir, isRoot } = context.local();
    const { backup, migrated, formerDir } = await restoreInstallation({
      place,
      dataDir,
      databaseUrl: config.databaseUrl,
      homesDir: values.homes === undefined ? undefined : resolve(values.homes),
      replaces: values.replace,
      isRoot,
      now: new Date(),
      logger: pino({ level: 'silent' }),
      signal: context.stopping,
      onProgress,
    }).finally(() => bar.end());
    const { madeAt, version } = backup.about;
    if (values.json) {
      return context.print(
        `${JSON.stringify({ dataDir, madeAt, version, migrated, formerDir: formerDir ?? null })}\n`,
      );
    }
    const since = migrated.length > 0 ? ` Its schema was brought up to date: ${migrated.join(', ')}.` : '';
    const former = formerDir === undefined ? '' : ` What was there before is in ${formerDir}.`;
    const { secretKeyFile } = config;
    const key =
      secretKeyFile === undefined
        ? ''
        : ` Put ${dataDir}/controller/secret-key where HOMEROOM_SECRET_KEY_FILE says: ${secretKeyFile}.`;
    context.print(
      `${dataDir} is as it was ${madeAt}, by Homeroom ${version}.${since}${former}${key} Start the controller now.\n`,
    );
  },
});

async function passphraseOf(
  path: string,
  file: string | undefined,
  { ask }: CommandContext,
): Promise<string | undefined> {
  if (!(await isSealed(path))) return undefined;
  return file === undefined
    ? await ask('Passphrase of the backup: ', { isSecret: true })
    : await readPassphraseFile(file);
}
