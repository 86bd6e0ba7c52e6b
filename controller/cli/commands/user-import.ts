import { writeFile } from 'node:fs/promises';
import { userImport } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { readTextFile } from './read-json-file.ts';

/** Make many accounts at once. */
export const userImportCommand: Command = defineCommand({
  name: 'users import',
  summary: 'make people from a CSV file, all of them or nobody',
  arguments: ['file'],
  options: {
    'dry-run': { type: 'boolean', description: 'only tell what would become of it' },
    update: {
      type: 'boolean',
      description: 'people who are there already take what the file says; else they are faults',
    },
    passwords: {
      type: 'string',
      value: 'FILE',
      description: 'write the passwords that are made there (0600), as CSV',
    },
    json: jsonOption,
  },
  about:
    'The first line names the columns: username, and any of displayName, role, groups (separated by ;) and password. Every fault of the file is told with its line, and then nobody is made. Passwords that Homeroom makes are told this once.',
  run: async ({ args: [file = ''], values }, context) => {
    const query = `?dryRun=${values['dry-run']}&existing=${values.update ? 'update' : 'refuse'}`;
    const body = { type: 'text/csv', text: await readTextFile(file) };
    const { passwords, ...told } = await context.api().send(`/users/import${query}`, userImport, body);
    if (values.passwords !== undefined && passwords !== null) {
      await writeFile(values.passwords, passwords, { mode: 0o600, flag: 'wx' });
    }
    const shown = values.passwords === undefined ? passwords : null;
    if (values.json) return context.print(`${JSON.stringify({ ...told, passwords: shown })}\n`);
    const { dryRun, created, updated, unchanged, newGroups } = told;
    const groups = newGroups.length > 0 ? ` New groups: ${newGroups.join(', ')}.` : '';
    context.print(
      `${dryRun ? 'It would be: ' : ''}${created} made, ${updated} changed, ${unchanged} as they are.${groups}\n`,
    );
    if (shown !== null) context.print(`\n${shown}`);
  },
});
