import { finding, findingKinds } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { printRecord, printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'findings list',
  summary: 'show what is missing, foreign, stuck or forgotten, and what is done about it',
  options: {
    kind: { type: 'string', value: 'KIND', choices: findingKinds, description: 'of this kind alone' },
    all: { type: 'boolean', description: 'those that are over, too' },
    json: jsonOption,
  },
  run: async ({ values: { kind, all, json } }, context) => {
    const query = new URLSearchParams({ state: all ? 'all' : 'open', ...(kind !== undefined && { kind }) });
    printRecords(context, await context.api().list(`/findings?${query}`, finding), {
      json,
      columns: {
        id: ({ id }) => id,
        kind: ({ kind: found }) => found,
        provider: ({ provider }) => provider,
        subject: ({ subject }) => subject,
        times: ({ times }) => times,
        since: ({ firstSeenAt }) => firstSeenAt,
        'over since': ({ mendedAt }) => mendedAt,
        why: ({ reason }) => reason,
        'what is done': ({ mend }) => mend,
      },
    });
  },
});

const show = defineCommand({
  name: 'findings show',
  summary: 'show one finding',
  arguments: ['id'],
  options: { json: jsonOption },
  run: async ({ args: [id = ''], values }, context) =>
    printRecord(
      context,
      await context.api().call('GET', `/findings/${encodeURIComponent(id)}`, finding),
      values,
    ),
});

/** What the sweepers found. */
export const findingCommands: readonly Command[] = [list, show];
