import { group, type Lesson, lesson, lessonImport, room } from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { findRoom } from './find-place.ts';
import { printRecord, printRecords } from './print-records.ts';
import { readTextFile } from './read-json-file.ts';

const list = defineCommand({
  name: 'lessons list',
  summary: 'show the timetable',
  options: {
    from: {
      type: 'string',
      value: 'TIME',
      description: 'lessons that go on after this time, as 2026-09-01T00:00:00Z',
    },
    to: { type: 'string', value: 'TIME', description: 'lessons that begin before this time' },
    room: { type: 'string', value: 'R', description: 'those of one room' },
    json: jsonOption,
  },
  run: async ({ values: { from, to, room: wanted, json } }, context) => {
    const api = context.api();
    const query = new URLSearchParams();
    if (from !== undefined) query.set('from', from);
    if (to !== undefined) query.set('to', to);
    if (wanted !== undefined) query.set('room', (await findRoom(api, wanted)).id);
    const lessons = await api.list(query.size === 0 ? '/lessons' : `/lessons?${query}`, lesson);
    const names = json ? new Map<string, string>() : await namesOf(api);
    printRecords(context, lessons, {
      json,
      columns: {
        id: ({ id }: Lesson) => id,
        name: ({ name }: Lesson) => name,
        begins: ({ startsAt }: Lesson) => startsAt,
        ends: ({ endsAt }: Lesson) => endsAt,
        group: ({ group }: Lesson) => group && (names.get(group) ?? group),
        room: ({ room: id }: Lesson) => id && (names.get(id) ?? id),
        template: ({ template }: Lesson) => template,
        needs: ({ need }: Lesson) => need,
        state: ({ cancelledAt, exam }: Lesson) => (cancelledAt ? 'cancelled' : exam ? 'exam' : null),
      },
    });
  },
});

const show = defineCommand({
  name: 'lessons show',
  summary: 'show everything about one lesson, and what stands against it',
  arguments: ['lesson'],
  options: { json: jsonOption },
  run: async ({ args: [id = ''], values }, context) => {
    const { remarks = [], ...rest } = await context
      .api()
      .call('GET', `/lessons/${encodeURIComponent(id)}`, lesson);
    printRecord(context, values.json ? { ...rest, remarks } : rest, values);
    if (!values.json) for (const remark of remarks) context.print(`${remark}\n`);
  },
});

const importAll = defineCommand({
  name: 'lessons import',
  summary: 'take a timetable over from a calendar (ICS) or a table (CSV), all of it or what is right',
  arguments: ['file'],
  options: {
    'dry-run': { type: 'boolean', description: 'only tell what would become of it' },
    'skip-faults': {
      type: 'boolean',
      description: 'take what is right although the file has faults; they are told',
    },
    template: { type: 'string', value: 'ID', description: 'the template where the file names none' },
    room: { type: 'string', value: 'R', description: 'the room where the file names none' },
    group: { type: 'string', value: 'ID', description: 'the group where the file names none' },
    json: jsonOption,
  },
  about:
    'Without --skip-faults nothing is taken of a file with a fault. Imported again, a file changes what it made; lessons that somebody changed by hand stay.',
  run: async ({ args: [file = ''], values }, context) => {
    const api = context.api();
    const query = new URLSearchParams({
      dryRun: String(values['dry-run']),
      skipFaults: String(values['skip-faults']),
    });
    if (values.template !== undefined) query.set('template', values.template);
    if (values.group !== undefined) query.set('group', values.group);
    if (values.room !== undefined) query.set('room', (await findRoom(api, values.room)).id);
    const text = await readTextFile(file);
    const type = /^\s*BEGIN:VCALENDAR/i.test(text) ? 'text/calendar' : 'text/csv';
    const told = await api.send(`/lessons/import?${query}`, lessonImport, { type, text });
    if (values.json) return context.print(`${JSON.stringify(told)}\n`);
    for (const { field, message } of told.faults) context.print(`${field}: ${message}\n`);
    const { dryRun, created, changed, removed, unchanged, kept, leftOut } = told;
    const counts = `${created} made, ${changed} changed, ${removed} removed, ${unchanged} as they are, ${kept} changed by hand and kept, ${leftOut} left out`;
    context.print(`${dryRun ? 'It would be: ' : ''}${counts}.\n`);
  },
});

/** @returns groups and rooms by their ids; none for who may not list them */
async function namesOf(api: ApiClient): Promise<ReadonlyMap<string, string>> {
  try {
    const [groups, rooms] = await Promise.all([api.list('/groups', group), api.list('/rooms', room)]);
    return new Map([...groups, ...rooms].map(({ id, name }) => [id, name]));
  } catch (caught) {
    if (caught instanceof CliFault) return new Map();
    throw caught;
  }
}

/** The timetable. */
export const lessonCommands: readonly Command[] = [list, show, importAll];
