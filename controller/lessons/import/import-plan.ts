/** What an import does to the lessons that an earlier one made. Pure. */
import type { ImportFault } from '../../accounts/import/import-fault.ts';
import { tooLarge } from '../lesson-content.ts';
import type { PlannedLesson } from './planned-lesson.ts';

/** What the names of a file are here. */
export interface Names {
  readonly groups: ReadonlyMap<string, string>;
  readonly rooms: ReadonlyMap<string, string>;
  /** By name and by id. */
  readonly templates: ReadonlyMap<string, string>;
  /** The most desktops of each template that has a pool, by its id. */
  readonly pools: ReadonlyMap<string, { readonly name: string; readonly maximum: number }>;
}

/** What is taken where a file does not tell. */
export interface ImportDefaults {
  readonly group: string | null;
  readonly room: string | null;
  readonly template: string | null;
}

/** A lesson as it is to be. */
export interface WantedLesson {
  readonly uid: string;
  readonly externalId: string;
  readonly name: string;
  readonly group: string | null;
  readonly room: string | null;
  readonly template: string;
  readonly seats: number | null;
  readonly leadS: number;
  readonly atEnd: 'end' | 'warn';
  readonly exam: boolean;
  readonly automatic: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** What an earlier import made; of those that have not begun. */
export interface ImportedLesson extends WantedLesson {
  readonly id: string;
  /** A person changed it since. */
  readonly isEdited: boolean;
}

export interface ImportPlan {
  readonly create: readonly WantedLesson[];
  readonly change: readonly (WantedLesson & { readonly id: string })[];
  /** Ids of those that the file does not have any more. */
  readonly remove: readonly string[];
  readonly unchanged: number;
  /** Left as a person made them. */
  readonly kept: number;
}

/** @returns the lessons with ids for names, and every name that is none */
export function resolveNames(
  lessons: readonly PlannedLesson[],
  names: Names,
  defaults: ImportDefaults,
): { wanted: WantedLesson[]; faults: ImportFault[] } {
  const faults = new Map<string, ImportFault>();
  const wanted = lessons.flatMap((lesson) => {
    const found = faultsOf(lesson, names, defaults);
    // A repeated lesson has its fault once.
    for (const fault of found) faults.set(`${fault.line} ${fault.message}`, fault);
    return found.length > 0 ? [] : [resolve(lesson, names, defaults)];
  });
  return { wanted, faults: [...faults.values()] };
}

function faultsOf(lesson: PlannedLesson, names: Names, defaults: ImportDefaults): ImportFault[] {
  const { line, group, room, template } = lesson;
  const faults: ImportFault[] = [];
  const check = (column: string, name: string | null, known: ReadonlyMap<string, string>) => {
    if (name !== null && !known.has(keyOf(name))) {
      faults.push({ line, column, message: `There is no ${column} “${name}”.` });
    }
  };
  check('group', group, names.groups);
  check('room', room, names.rooms);
  check('template', template, names.templates);
  if (template === null && defaults.template === null) {
    faults.push({
      line,
      column: 'template',
      message: `“${lesson.name}” has no template: name one, or one for all.`,
    });
  }
  if (faults.length > 0) return faults;
  const groupId = groupOf(lesson, names, defaults);
  if (groupId === null && (lesson.exam || roomOf(lesson, names, defaults) === null)) {
    const needs = lesson.exam ? 'An exam needs a group' : 'A lesson needs a group or a room';
    faults.push({
      line,
      column: 'group',
      message: `${needs}, and “${lesson.name}” has none that is known here.`,
    });
  }
  if (lesson.automatic && roomOf(lesson, names, defaults) === null) {
    const message = `“${lesson.name}” cannot start by itself without a room that is known here.`;
    faults.push({ line, column: 'room', message });
  }
  const pool = names.pools.get(templateOf(lesson, names, defaults));
  if (pool && lesson.seats !== null && lesson.seats > pool.maximum) {
    faults.push({ line, column: 'seats', message: tooLarge(lesson.seats, pool) });
  }
  return faults;
}

function resolve(lesson: PlannedLesson, names: Names, defaults: ImportDefaults): WantedLesson {
  const { uid, recurrence, name, seats, leadS, exam, automatic, startsAt, endsAt } = lesson;
  return {
    uid,
    externalId: `${uid}#${recurrence}`,
    name,
    group: groupOf(lesson, names, defaults),
    room: roomOf(lesson, names, defaults),
    template: templateOf(lesson, names, defaults),
    seats,
    leadS: leadS ?? 900,
    atEnd: exam ? 'end' : (lesson.atEnd ?? 'warn'),
    exam,
    automatic,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

function templateOf({ template }: PlannedLesson, { templates }: Names, defaults: ImportDefaults): string {
  return (template !== null && templates.get(keyOf(template))) || (defaults.template ?? '');
}

function groupOf(
  { group, groupHints }: PlannedLesson,
  { groups }: Names,
  defaults: ImportDefaults,
): string | null {
  const hints = group === null ? groupHints : [group];
  return hints.map((hint) => groups.get(keyOf(hint))).find((id) => id !== undefined) ?? defaults.group;
}

function roomOf(
  { room, roomHint }: PlannedLesson,
  { rooms }: Names,
  defaults: ImportDefaults,
): string | null {
  const hint = room ?? roomHint;
  return (hint === null ? undefined : rooms.get(keyOf(hint))) ?? defaults.room;
}

/** People write a name as they like. */
export function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

/** @param nowMs what has begun is made by no import any more, and changed by none */
export function planImport(
  wanted: readonly WantedLesson[],
  existing: readonly ImportedLesson[],
  nowMs: number,
): ImportPlan {
  const known = new Map(existing.map((lesson) => [lesson.externalId, lesson]));
  const ids = new Set(wanted.map(({ externalId }) => externalId));
  const gone = existing.filter(({ externalId }) => !ids.has(externalId));
  const pairs = wanted.map((lesson) => ({ lesson, before: known.get(lesson.externalId) }));
  const open = pairs.filter(({ before }) => before !== undefined && !before.isEdited);
  const changed = open.filter(({ lesson, before }) => before && !isSame(lesson, before));
  return {
    create: pairs
      .filter(({ before, lesson }) => !before && Date.parse(lesson.endsAt) > nowMs)
      .map(({ lesson }) => lesson),
    change: changed.flatMap(({ lesson, before }) => (before ? [{ ...lesson, id: before.id }] : [])),
    remove: gone.filter(({ isEdited }) => !isEdited).map(({ id }) => id),
    unchanged: open.length - changed.length,
    kept: existing.filter(({ isEdited }) => isEdited).length,
  };
}

function isSame(wanted: WantedLesson, before: ImportedLesson): boolean {
  const fields = [
    'name',
    'group',
    'room',
    'template',
    'seats',
    'leadS',
    'atEnd',
    'exam',
    'automatic',
    'startsAt',
    'endsAt',
  ] as const;
  return fields.every((field) => wanted[field] === before[field]);
}
