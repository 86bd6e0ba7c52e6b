import {
  createLessonRequest,
  createSeriesRequest,
  examCollection,
  holiday,
  holidayRequest,
  type Lesson,
  type LessonSeries,
  lesson,
  lessonImport,
  lessonImportQuery,
  lessonQuery,
  lessonSeries,
  listOf,
  patchLessonRequest,
  patchSeriesRequest,
  school,
  userImportRequest,
} from '@homeroom/protocol';
import type { LessonLimit } from '../../lessons/lessons.ts';
import { hasRole } from '../access.ts';
import { actorOf, type Caller } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { importRefusal } from '../import-refusal.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/**
 * The timetable. Teachers make lessons for any group and for their own rooms, and see those; holidays and the school's clocks
 * are the admins'.
 */
export function lessonRoutes(services: Services): Route[] {
  return [...singleRoutes(services), ...seriesRoutes(services), ...schoolRoutes(services)];
}

function singleRoutes(services: Services): Route[] {
  const { lessons, lessonImport: imports, examCollections } = services;
  const { refuseForeignRoom } = roomGuard(services);
  const lessonOf = async (caller: Caller, id: string | undefined): Promise<Lesson> => {
    const lesson = found(await lessons.get(uuidOf(id)));
    await refuseForeignRoom(caller, lesson.room);
    return lesson;
  };
  return [
    route('GET /lessons', {
      access: 'student',
      summary:
        'Lessons that touch the time from `?from=` to `?to=`, by their begin; for students those of their groups, for teachers not those in rooms of others.',
      query: lessonQuery,
      answer: listOf(lesson),
      isPaginated: true,
      handle: async ({ query, page, caller }) => ({
        json: await lessons.page(query, page, limitOf(caller)),
      }),
    }),
    route('POST /lessons/import', {
      access: 'teacher',
      summary:
        'Take a timetable over from a calendar (ICS) or a table (CSV), all of it or nothing; imported again it changes what it made. `?dryRun=true` only tells, `?skipFaults=true` takes what is right.',
      body: userImportRequest,
      query: lessonImportQuery,
      answer: lessonImport,
      textTypes: ['text/csv', 'text/calendar'],
      maxBodyBytes,
      errors: ['import_invalid', 'template_unknown'],
      operationId: 'importLessons',
      handle: async ({ body, query, caller }) => {
        const { dryRun, skipFaults, group = null, room = null, template = null } = query;
        await refuseForeignRoom(caller, room);
        const defaults = { group, room, template };
        const request = { text: body.text, dryRun, skipFaults, defaults, teacher: teacherOf(caller) };
        const outcome = await imports.run(request, actorOf(caller));
        if (outcome.kind === 'refused') throw importRefusal(outcome.faults);
        return { json: outcome.answer };
      },
    }),
    route('GET /lessons/:id', {
      access: 'teacher',
      summary: 'One lesson.',
      answer: lesson,
      handle: async ({ params, caller }) => ({
        json: await lessons.withRemarks(await lessonOf(caller, params.id)),
      }),
    }),
    route('POST /lessons', {
      access: 'teacher',
      summary:
        'Make a lesson: its desktops are made before it begins, and kept for its group. `remarks` say what stands against that.',
      body: createLessonRequest,
      answer: lesson,
      isCreating: true,
      errors: ['template_unknown', 'lesson_too_large'],
      handle: async ({ body, caller }) => {
        await refuseForeignRoom(caller, body.room);
        const made = await lessons.create(body, actorOf(caller));
        return { status: 201, json: await lessons.withRemarks(made) };
      },
    }),
    route('GET /lessons/:id/collection', {
      access: 'teacher',
      summary:
        'What was collected of an exam: of each who sat it, the files, what was left, and where the copies are.',
      answer: examCollection,
      operationId: 'readExamCollection',
      handle: async ({ params, caller }) => {
        const { id } = await lessonOf(caller, params.id);
        return { json: await examCollections.of(id) };
      },
    }),
    route('POST /lessons/:id/collection/:user/retry', {
      access: 'teacher',
      summary: 'Try again to collect the files of one who sat an exam, where that had failed.',
      answer: examCollection,
      operationId: 'retryExamCollection',
      handle: async ({ params, caller }) => {
        const { id } = await lessonOf(caller, params.id);
        return { json: await examCollections.retry(id, params.user ?? '', actorOf(caller)) };
      },
    }),
    route('PATCH /lessons/:id', {
      access: 'teacher',
      summary: 'Change or cancel one lesson; its series and its import leave it alone from then on.',
      body: patchLessonRequest,
      answer: lesson,
      errors: ['template_unknown', 'lesson_too_large'],
      handle: async ({ params, body, caller }) => {
        const { id } = await lessonOf(caller, params.id);
        await refuseForeignRoom(caller, body.room);
        return { json: await lessons.withRemarks(await lessons.change(id, body, actorOf(caller))) };
      },
    }),
    route('DELETE /lessons/:id', {
      access: 'teacher',
      summary: 'Remove a lesson; its sessions go on. One of a series comes again: cancel that one instead.',
      handle: async ({ params, caller }) => {
        const { id } = await lessonOf(caller, params.id);
        await lessons.remove(id, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}

/** A school's timetable of a year, as programs write it. */
const maxBodyBytes = 8 * 1024 * 1024;

function seriesRoutes(services: Services): Route[] {
  const { lessonSeries: series } = services;
  const { refuseForeignRoom } = roomGuard(services);
  const seriesOf = async (caller: Caller, id: string | undefined): Promise<LessonSeries> => {
    const one = found(await series.get(uuidOf(id)));
    await refuseForeignRoom(caller, one.room);
    return one;
  };
  return [
    route('GET /lesson-series', {
      access: 'teacher',
      summary: 'What repeats by weeks.',
      answer: listOf(lessonSeries),
      isPaginated: true,
      handle: async ({ page, caller }) => ({ json: await series.page(page, teacherOf(caller)) }),
    }),
    route('GET /lesson-series/:id', {
      access: 'teacher',
      summary: 'One series of lessons.',
      answer: lessonSeries,
      handle: async ({ params, caller }) => ({ json: await seriesOf(caller, params.id) }),
    }),
    route('POST /lesson-series', {
      access: 'teacher',
      summary: 'Have a lesson every week, or every second to fourth; holidays are left out.',
      body: createSeriesRequest,
      answer: lessonSeries,
      isCreating: true,
      errors: ['template_unknown', 'lesson_too_large'],
      handle: async ({ body, caller }) => {
        await refuseForeignRoom(caller, body.room);
        return { status: 201, json: await series.create(body, actorOf(caller)) };
      },
    }),
    route('PATCH /lesson-series/:id', {
      access: 'teacher',
      summary: 'Change a series, and with it its lessons to come that were not changed by hand.',
      body: patchSeriesRequest,
      answer: lessonSeries,
      errors: ['template_unknown', 'lesson_too_large'],
      handle: async ({ params, body, caller }) => {
        const { id } = await seriesOf(caller, params.id);
        await refuseForeignRoom(caller, body.room);
        return { json: await series.change(id, body, actorOf(caller)) };
      },
    }),
    route('DELETE /lesson-series/:id', {
      access: 'teacher',
      summary: 'Remove a series and its lessons.',
      handle: async ({ params, caller }) => {
        const { id } = await seriesOf(caller, params.id);
        await series.remove(id, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}

function schoolRoutes({ holidays, school: clocks }: Services): Route[] {
  return [
    route('GET /holidays', {
      access: 'teacher',
      summary: 'Days without lessons.',
      answer: listOf(holiday),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await holidays.page(page) }),
    }),
    route('GET /holidays/:id', {
      access: 'teacher',
      summary: 'One span of holidays.',
      answer: holiday,
      handle: async ({ params }) => ({ json: found(await holidays.get(uuidOf(params.id))) }),
    }),
    route('POST /holidays', {
      access: 'admin',
      summary: 'Leave days out: lessons of series do not take place.',
      body: holidayRequest,
      answer: holiday,
      isCreating: true,
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await holidays.create(body, actorOf(caller)),
      }),
    }),
    route('PUT /holidays/:id', {
      access: 'admin',
      summary: 'Change a span of holidays.',
      body: holidayRequest,
      answer: holiday,
      handle: async ({ params, body, caller }) => ({
        json: await holidays.change(uuidOf(params.id), body, actorOf(caller)),
      }),
    }),
    route('DELETE /holidays/:id', {
      access: 'admin',
      summary: 'Remove a span of holidays; its lessons come back.',
      handle: async ({ params, caller }) => {
        await holidays.remove(uuidOf(params.id), actorOf(caller));
        return { status: 204 };
      },
    }),
    route('GET /school', {
      access: 'student',
      summary: 'The time zone whose clocks lessons and weeks go by.',
      answer: school,
      operationId: 'readSchool',
      handle: async () => ({ json: await clocks.get() }),
    }),
    route('PUT /school', {
      access: 'admin',
      summary: 'Say which time zone the school’s clocks show.',
      body: school,
      answer: school,
      operationId: 'setSchool',
      handle: async ({ body, caller }) => ({ json: await clocks.set(body, actorOf(caller)) }),
    }),
  ];
}

function limitOf(caller: Caller): LessonLimit {
  if (hasRole(caller, 'teacher')) return { teacher: teacherOf(caller) };
  return { member: caller.person?.user.id ?? null };
}
