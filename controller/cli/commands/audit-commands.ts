import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { auditEntry, auditVerdict, listOf, maxPageSize } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption, type OptionRule } from '../option-rule.ts';
import { printRecords } from './print-records.ts';

const text = (value: string, description: string) =>
  ({ type: 'string', value, description }) as const satisfies OptionRule;
const filters = {
  actor: text('NAME', 'what this person did'),
  action: text('A', 'this action, as room.rename, or all of room'),
  subject: text('ID', 'what was done to this'),
  since: text('TIME', 'from this time on, as 2026-09-01T08:00:00Z'),
  until: text('TIME', 'before this time'),
} as const;

const list = defineCommand({
  name: 'audit list',
  summary: 'show who changed what, the latest first',
  options: {
    ...filters,
    limit: text('N', `how many, ${maxPageSize} at most; 50 without it`),
    json: jsonOption,
  },
  run: async ({ values }, context) => {
    const query = queryOf(values, values.limit ?? '50');
    const { items } = await context.api().call('GET', `/audit${query}`, listOf(auditEntry));
    printRecords(context, items, {
      json: values.json,
      columns: {
        at: ({ at }) => at,
        who: ({ actor }) => actor,
        did: ({ action }) => action,
        to: ({ subject }) => subject,
        change: ({ before, after, details }) =>
          changeOf(before, after) ?? (details && JSON.stringify(details)),
        from: ({ address }) => address,
      },
    });
  },
});

const verify = defineCommand({
  name: 'audit verify',
  summary: 'go along the chain of hashes: whether any entry was changed, removed or cut off',
  options: { json: jsonOption },
  about: 'Ends with code 1 when an entry is not as it was written.',
  run: async ({ values }, context) => {
    const verdict = await context.api().work('/audit/verify', auditVerdict);
    const { isWhole, verified, unsealed, hash, fault } = verdict;
    if (values.json) context.print(`${JSON.stringify(verdict)}\n`);
    else if (isWhole)
      context.print(`The chain is whole: ${verified} entries, ${unsealed} not sealed yet.\n${hash}\n`);
    if (isWhole) return;
    const where = fault ? ` Entry ${fault.sequence} is ${fault.kind}.` : '';
    throw new CliFault(exitCodes.failed, `The chain is broken after ${verified} entries.${where}`);
  },
});

const exportAll = defineCommand({
  name: 'audit export',
  summary: 'write the audit log as a file, the oldest first',
  arguments: ['[file]'],
  options: {
    ...filters,
    format: { type: 'string', value: 'F', choices: ['ndjson', 'csv'], description: 'how; ndjson without it' },
  },
  about: 'Writes to the file (0600), which must not be there yet, or to the standard output.',
  run: async ({ args: [file], values }, context) => {
    const query = queryOf(values, undefined);
    const format = values.format ?? 'ndjson';
    const path = `/audit/export${query}${query === '' ? '?' : '&'}format=${format}`;
    const to = file === undefined ? printer(context.print) : (await createFile(file)).createWriteStream();
    await context.api().download(path, to);
    if (file !== undefined) context.tell(`${file} is written.\n`);
  },
});

/** Who did what. */
export const auditCommands: readonly Command[] = [list, verify, exportAll];

function queryOf(values: Readonly<Record<string, unknown>>, limit: string | undefined): string {
  const query = new URLSearchParams(limit === undefined ? {} : { limit });
  for (const name of Object.keys(filters)) {
    const value = values[name];
    if (typeof value === 'string') query.set(name, value);
  }
  return query.size === 0 ? '' : `?${query}`;
}

function changeOf(before: unknown, after: unknown): string | null {
  if (before === null && after === null) return null;
  return `${before === null ? '' : JSON.stringify(before)} → ${after === null ? '' : JSON.stringify(after)}`;
}

/** @throws CliFault when it is there already, or cannot be written */
async function createFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (caught) {
    const { code, message } = caught as NodeJS.ErrnoException;
    throw new CliFault(exitCodes.failed, code === 'EEXIST' ? `${file} is there already.` : `${message}.`, {
      cause: caught,
    });
  }
}

function printer(print: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk: Buffer | string, _encoding, done) => {
      print(chunk.toString());
      done();
    },
  });
}
