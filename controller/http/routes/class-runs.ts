import {
  classPreview,
  classRun,
  listOf,
  seating,
  startClassRequest,
  stopClassRequest,
} from '@homeroom/protocol';
import { actorOf, type Caller } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Starting and ending the class of a room, and who sits where in it. */
export function classRunRoutes(services: Services): Route[] {
  return [...roomClassRoutes(services), ...runRoutes(services), ...seatingRoutes(services)];
}

function starterOf(caller: Caller) {
  const actor = actorOf(caller);
  return { actor, name: caller.person?.user.displayName ?? actor.username };
}

function roomClassRoutes(services: Services): Route[] {
  const { classRuns } = services;
  const guard = roomGuard(services);
  return [
    route('POST /rooms/:id/start', {
      access: 'teacher',
      summary:
        'Start the class of a room: power, computers, screens, desktops and pages of its seats, by a lesson or a template.',
      body: startClassRequest,
      answer: classRun,
      isCreating: true,
      operationId: 'startClass',
      errors: ['class_running', 'desktops_short', 'template_unknown', 'seat_unknown'],
      handle: async ({ params, body, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { status: 201, json: await classRuns.start(id, body, starterOf(caller)) };
      },
    }),
    route('POST /rooms/:id/start-preview', {
      access: 'teacher',
      summary: 'What a start of the class would do, seat by seat, and what would keep it from happening.',
      body: startClassRequest,
      answer: classPreview,
      operationId: 'previewClassStart',
      errors: ['template_unknown', 'seat_unknown'],
      handle: async ({ params, body, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { json: await classRuns.preview(id, body) };
      },
    }),
    route('POST /rooms/:id/stop', {
      access: 'teacher',
      summary:
        'End the class of a room: its students are told, then sessions end, screens and computers go off. A start that still runs is cancelled.',
      body: stopClassRequest,
      answer: classRun,
      isCreating: true,
      operationId: 'stopClass',
      errors: ['class_running', 'seat_unknown'],
      handle: async ({ params, body, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { status: 201, json: await classRuns.stop(id, body, starterOf(caller)) };
      },
    }),
    route('GET /rooms/:id/class-run', {
      access: 'teacher',
      summary: 'The start or end of a class that goes on in a room, else the last one.',
      answer: classRun,
      operationId: 'getClassRunOfRoom',
      handle: async ({ params, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { json: found(await classRuns.latestOf(id)) };
      },
    }),
  ];
}

function runRoutes(services: Services): Route[] {
  const { classRuns, lessons } = services;
  const guard = roomGuard(services);
  const own = async (caller: Caller, id: string | undefined) => {
    const run = found(await classRuns.get(uuidOf(id)));
    await guard.roomOf(caller, run.room);
    return run;
  };
  return [
    route('GET /class-runs/:id', {
      access: 'teacher',
      summary: 'One start or end of a class, with a row for each seat.',
      answer: classRun,
      handle: async ({ params, caller }) => ({ json: await own(caller, params.id) }),
    }),
    route('POST /class-runs/:id/cancel', {
      access: 'teacher',
      summary:
        'Stop it where it stands: seats stay as they are, students who were told of an end may go on, and who waits for a desktop of a start waits no longer.',
      answer: classRun,
      operationId: 'cancelClassRun',
      errors: ['class_not_running'],
      handle: async ({ params, caller }) => {
        const { id } = await own(caller, params.id);
        return { json: await classRuns.cancel(id, actorOf(caller)) };
      },
    }),
    route('POST /class-runs/:id/seats/:seat/retry', {
      access: 'teacher',
      summary:
        'Try a seat that failed again, from its first step; what is done already takes no time. Of an end only while it runs.',
      answer: classRun,
      operationId: 'retryClassRunSeat',
      errors: ['class_running', 'class_seat_not_failed', 'class_not_running'],
      handle: async ({ params, caller }) => {
        const { id } = await own(caller, params.id);
        return { json: await classRuns.retry(id, uuidOf(params.seat), actorOf(caller)) };
      },
    }),
    route('GET /lessons/:id/preview', {
      access: 'teacher',
      summary: 'What the start of a lesson will do in its room.',
      answer: classPreview,
      operationId: 'previewLesson',
      errors: ['template_unknown'],
      handle: async ({ params, caller }) => {
        const lesson = found(await lessons.get(uuidOf(params.id)));
        const { id } = await guard.roomOf(caller, lesson.room ?? undefined);
        const request = { lesson: lesson.id, template: null, group: null, allowShortage: true };
        return { json: await classRuns.preview(id, request) };
      },
    }),
  ];
}

function seatingRoutes(services: Services): Route[] {
  const { seatings } = services;
  const guard = roomGuard(services);
  return [
    route('GET /rooms/:id/seating', {
      access: 'teacher',
      summary: 'Who sits where in a room: one plan for each group that has any.',
      answer: listOf(seating),
      operationId: 'listSeatings',
      handle: async ({ params, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { json: { items: await seatings.of(id), next: null } };
      },
    }),
    route('PUT /rooms/:id/seating', {
      access: 'teacher',
      summary: 'Say who of a group sits where in a room; without places the group has no plan there.',
      body: seating,
      answer: seating,
      operationId: 'setSeating',
      handle: async ({ params, body, caller }) => {
        const { id } = await guard.roomOf(caller, params.id);
        return { json: await seatings.set(id, body, actorOf(caller)) };
      },
    }),
  ];
}
