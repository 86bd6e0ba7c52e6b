import { listedUser } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { printRecords } from './print-records.ts';

/** Show everybody who has an account. */
export const userList: Command = defineCommand({
  name: 'users list',
  summary: 'show everybody who has an account',
  options: { json: jsonOption },
  run: async ({ values }, context) =>
    printRecords(context, await context.api().list('/users', listedUser), {
      json: values.json,
      columns: {
        'user name': ({ username }) => username,
        role: ({ role }) => role,
        state: ({ disabled }) => (disabled ? 'disabled' : 'may sign in'),
        name: ({ displayName }) => displayName,
      },
    }),
});
