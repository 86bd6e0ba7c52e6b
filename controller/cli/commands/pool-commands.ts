import { type PatchPoolRequest, pool } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, type OptionRule } from '../option-rule.ts';
import { printRecord, printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'pools list',
  summary: 'show how many desktops of each template are made, ready, in use and failed',
  options: { json: jsonOption },
  run: async ({ values: { json } }, context) =>
    printRecords(context, await context.api().list('/pools', pool), {
      json,
      columns: {
        template: ({ template }) => template,
        ready: ({ ready, warmMinimum, lessons }) => `${ready} of ${warmMinimum + lessons}`,
        'for lessons': ({ lessons }) => lessons,
        'on their way': ({ creating, warming, cooling }) => creating + warming + cooling,
        stopped: ({ cold, coldMinimum }) => `${cold} of ${coldMinimum}`,
        'in use': ({ claimed }) => claimed,
        most: ({ maximum }) => maximum,
        failed: ({ failed }) => failed,
        outdated: ({ outdated }) => outdated,
        waiting: ({ waiting }) => waiting,
      },
    }),
});

const number = (description: string) =>
  ({ type: 'string', value: 'N', description }) as const satisfies OptionRule;

const set = defineCommand({
  name: 'pools set',
  summary: 'say how many desktops of a template stand ready, and how many may live',
  arguments: ['template'],
  options: {
    'warm-minimum': number('never-used desktops that shall stand ready'),
    'warm-maximum': number('never-used desktops that may run; none for as many as may live'),
    'cold-minimum': number('never-used desktops that shall stand by, stopped'),
    'cold-maximum': number('the most of those'),
    maximum: number('desktops that may live at once, in use or not'),
    'roll-floor': number(
      'so many stay ready while outdated ones are replaced; none for one less than the minimum',
    ),
    'max-age': {
      type: 'string',
      value: 'T',
      description: 'replace unused ones after 12h, 7d, …; none for never',
    },
    json: jsonOption,
  },
  run: async ({ args: [template = ''], values }, context) => {
    const request = requestOf(values);
    if (Object.keys(request).length === 0) throw new CliFault(exitCodes.usage, 'Say what to set.');
    const path = `/pools/${encodeURIComponent(template)}`;
    printRecord(context, await context.api().call('PATCH', path, pool, request), values);
  },
});

/** How many desktops stand ready. */
export const poolCommands: readonly Command[] = [list, set];

/** Options of `pools set` and the fields that they are. */
const fields = {
  'warm-minimum': 'warmMinimum',
  'warm-maximum': 'warmMaximum',
  'cold-minimum': 'coldMinimum',
  'cold-maximum': 'coldMaximum',
  maximum: 'maximum',
  'roll-floor': 'rollFloor',
} as const;

/** The controller refuses `none` where there must be a number. */
function requestOf(values: Readonly<Record<string, unknown>>): PatchPoolRequest {
  const sizes = Object.entries(fields).flatMap(([option, field]) => {
    const text = values[option];
    return typeof text === 'string' ? [[field, sizeOf(option, text)] as const] : [];
  });
  const age = values['max-age'];
  const maxAgeS = typeof age === 'string' ? { maxAgeS: secondsOf(age) } : {};
  return { ...Object.fromEntries(sizes), ...maxAgeS };
}

function sizeOf(option: string, text: string): number | null {
  if (text === 'none') return null;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CliFault(exitCodes.usage, `--${option} ${text}: a number is needed.`);
}

function secondsOf(text: string): number | null {
  const seconds = text === 'none' ? null : parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new CliFault(exitCodes.usage, `--max-age ${text}: a span such as 12h or 7d is needed, or none.`);
}
