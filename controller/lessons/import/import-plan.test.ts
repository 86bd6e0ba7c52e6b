import { expect, it } from 'vitest';
import {
  type ImportedLesson,
  type Names,
  planImport,
  resolveNames,
  type WantedLesson,
} from './import-plan.ts';
import type { PlannedLesson } from './planned-lesson.ts';

const names: Names = {
  groups: new Map([['7b', 'group-7b']]),
  rooms: new Map([['room 1', 'room-1']]),
  templates: new Map([
    ['linux desktop', 'desktop'],
    ['desktop', 'desktop'],
  ]),
  pools: new Map([['desktop', { name: 'Linux desktop', maximum: 20 }]]),
};
const none = { group: null, room: null, template: null };

const planned = (more: Partial<PlannedLesson>): PlannedLesson => ({
  line: 4,
  uid: 'u',
  recurrence: 'r',
  name: 'Maths',
  startsAt: new Date('2026-10-12T06:00:00Z'),
  endsAt: new Date('2026-10-12T07:00:00Z'),
  group: null,
  groupHints: [],
  room: null,
  roomHint: null,
  template: 'Linux Desktop',
  seats: null,
  leadS: null,
  atEnd: null,
  exam: false,
  automatic: false,
  ...more,
});

it('finds groups and rooms by name or by hint, and templates by name or id', () => {
  const lessons = [
    planned({ group: '7B', room: 'Room 1' }),
    planned({ groupHints: ['Maths', '7b'], roomHint: 'Gym', template: 'desktop' }),
    planned({ template: null }),
  ];
  const { wanted, faults } = resolveNames(lessons, names, {
    group: 'default',
    room: null,
    template: 'browser',
  });
  expect(faults).toEqual([]);
  expect(wanted.map(({ group, room, template }) => [group, room, template])).toEqual([
    ['group-7b', 'room-1', 'desktop'],
    ['group-7b', null, 'desktop'],
    ['default', null, 'browser'],
  ]);
});

it('tells of more seats than the pool may have', () => {
  const lessons = [planned({ group: '7b', seats: 20 }), planned({ group: '7b', seats: 21, line: 5 })];
  const { wanted, faults } = resolveNames(lessons, names, none);
  expect(wanted.map(({ seats }) => seats)).toEqual([20]);
  expect(faults).toEqual([
    { line: 5, column: 'seats', message: 'It asks for 21 desktops, and Linux desktop may have 20 at most.' },
  ]);
});

it('tells of names that are none, once for all repetitions', () => {
  const lessons = [planned({ group: '8c', room: 'Gym' }), planned({ group: '8c', room: 'Gym' })];
  expect(resolveNames(lessons, names, none).faults.map(({ message }) => message)).toEqual([
    'There is no group “8c”.',
    'There is no room “Gym”.',
  ]);
});

it('wants a template, and a group or a room; an exam wants a group', () => {
  const faults = (lesson: PlannedLesson) =>
    resolveNames([lesson], names, none).faults.map(({ column }) => column);
  expect(faults(planned({ template: null, group: '7b' }))).toEqual(['template']);
  expect(faults(planned({ roomHint: 'Gym' }))).toEqual(['group']);
  expect(faults(planned({ room: 'Room 1', exam: true }))).toEqual(['group']);
  expect(faults(planned({ group: '7b', automatic: true }))).toEqual(['room']);
  expect(faults(planned({ room: 'Room 1' }))).toEqual([]);
});

const wanted = (externalId: string, more: Partial<WantedLesson> = {}): WantedLesson => {
  const [lesson] = resolveNames([planned({ group: '7b' })], names, none).wanted;
  if (!lesson) throw new Error('no lesson');
  return { ...lesson, externalId, ...more };
};
const existing = (externalId: string, more: Partial<ImportedLesson> = {}): ImportedLesson => ({
  ...wanted(externalId),
  id: `id of ${externalId}`,
  isEdited: false,
  ...more,
});

it('makes what is new, changes what differs, removes what is gone, and leaves what people changed', () => {
  const plan = planImport(
    [wanted('new'), wanted('same'), wanted('moved', { name: 'Art' }), wanted('edited', { name: 'Art' })],
    [existing('same'), existing('moved'), existing('edited', { isEdited: true }), existing('gone')],
    0,
  );
  expect(plan.create.map(({ externalId }) => externalId)).toEqual(['new']);
  expect(plan.change.map(({ id, name }) => [id, name])).toEqual([['id of moved', 'Art']]);
  expect(plan.remove).toEqual(['id of gone']);
  expect([plan.unchanged, plan.kept]).toEqual([1, 1]);
});

it('makes nothing of what is over', () => {
  expect(planImport([wanted('old')], [], Date.parse('2027-01-01')).create).toEqual([]);
});
