import { joinToken } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { printRecords } from './print-records.ts';

/** Show the join tokens, without their secrets. */
export const tokenList: Command = defineCommand({
  name: 'token list',
  summary: 'show the join tokens, without their secrets',
  options: { json: jsonOption },
  run: async ({ values }, context) => {
    const items = await context.api().list('/join-tokens', joinToken);
    printRecords(context, items, {
      json: values.json,
      columns: {
        id: ({ id }) => id,
        'uses left': ({ withdrawnAt, usesLeft }) => (withdrawnAt ? 'withdrawn' : (usesLeft ?? 'any')),
        expires: ({ expiresAt }) => expiresAt ?? 'never',
        'may host': ({ host }) => (host ? 'yes' : 'no'),
        note: ({ note }) => note,
      },
    });
  },
});
