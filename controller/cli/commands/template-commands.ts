import { template, templateDetails } from '@homeroom/protocol';
import * as v from 'valibot';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { printRecord, printRecords } from './print-records.ts';
import { readJsonFile } from './read-json-file.ts';

const list = defineCommand({
  name: 'templates list',
  summary: 'show what desktops can be made from, and how many of each stand ready',
  options: { json: jsonOption },
  run: async ({ values: { json } }, context) =>
    printRecords(context, await context.api().list('/templates', template), {
      json,
      columns: {
        id: ({ id }) => id,
        name: ({ name }) => name,
        provider: ({ provider }) => provider,
        ready: ({ ready }) => ready,
        description: ({ description }) => description,
      },
    }),
});

const show = defineCommand({
  name: 'templates show',
  summary: 'show everything of a template, withdrawn ones too',
  arguments: ['template'],
  options: { json: jsonOption },
  run: async ({ args, values }, context) => {
    const path = `/templates/${encodeURIComponent(args[0] ?? '')}/details`;
    printRecord(context, await context.api().call('GET', path, templateDetails), values);
  },
});

const create = defineCommand({
  name: 'templates create',
  summary: 'make a template of a JSON file; its pool is empty until it is given a size',
  arguments: ['file'],
  about:
    'Makes a template. The file holds an object with at least id, name and provider; `homeroom templates show <template> --json` shows every field. `homeroom pools set` then says how many desktops of it stand ready.',
  run: async ({ args }, context) => {
    const made = await context
      .api()
      .call('POST', '/templates', templateDetails, await readJsonFile(args[0] ?? ''));
    context.print(
      `${made.id} is made. \`homeroom pools set ${made.id} --warm-minimum 2 --maximum 20\` fills its pool.\n`,
    );
  },
});

const edit = defineCommand({
  name: 'templates edit',
  summary: 'change the fields of a template that a JSON file names',
  arguments: ['template', 'file'],
  about:
    'Changes a template. Its unused desktops are replaced one at a time; those in use stay. Only what stands in the file changes.',
  run: async ({ args: [id = '', file = ''] }, context) => {
    const path = `/templates/${encodeURIComponent(id)}`;
    const changed = await context.api().call('PATCH', path, templateDetails, await readJsonFile(file));
    context.print(`${changed.id} is at version ${changed.version}.\n`);
  },
});

const withdraw = defineCommand({
  name: 'templates withdraw',
  summary: 'offer a template no more; its sessions go on',
  arguments: ['template'],
  run: async ({ args: [id = ''] }, context) => {
    await context.api().call('DELETE', `/templates/${encodeURIComponent(id)}`, v.unknown());
    context.print(`${id} is withdrawn.\n`);
  },
});

/** What desktops are made from. */
export const templateCommands: readonly Command[] = [list, show, create, edit, withdraw];
