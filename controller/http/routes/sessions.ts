import {
  createSessionRequest,
  type EndReason,
  HomeroomError,
  listOf,
  moveSessionRequest,
  patchSessionRequest,
  type Session,
  session as sessionResource,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { hasRole } from '../access.ts';
import { actorOf, type Caller, streamHolderOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const sessionQuery = v.strictObject({
  /** An id or a user name. */
  user: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  state: v.optional(v.picklist(['live', 'all']), 'live'),
});

/** Sessions: a student's own; for teachers those of their rooms, and those without a seat. */
export function sessionRoutes(services: Services): Route[] {
  const { sessions, users, devices, streamPermission } = services;
  const { mayRunSession, seatOf } = roomGuard(services);

  /** What may not be seen is as if it were not there. */
  const visible = async (id: string | undefined, caller: Caller): Promise<Session> => {
    const session = found(await sessions.get(uuidOf(id)));
    return found((await maySee(session, caller)) ? session : undefined);
  };
  const maySee = async (session: Session, caller: Caller): Promise<boolean> => {
    if (caller.person?.user.id === session.user || (await mayRunSession(caller, session))) return true;
    const holder = streamHolderOf(caller);
    return holder !== undefined && streamPermission.maySee(holder, session);
  };
  const seatOfKiosk = async (caller: Caller): Promise<string | null> =>
    caller.kiosk ? ((await devices.get(caller.kiosk.deviceId))?.seat ?? null) : null;

  return [
    route('GET /sessions', {
      access: 'student',
      summary:
        'Live sessions, or all by `?state=all`, of one user by `?user=`; a student’s own, for teachers those of their rooms and those without a seat.',
      query: sessionQuery,
      answer: listOf(sessionResource),
      isPaginated: true,
      errors: ['not_found'],
      handle: async ({ query, page, caller }) => {
        const limit = hasRole(caller, 'teacher')
          ? { teacher: teacherOf(caller) }
          : { userId: caller.person?.user.id ?? '' };
        // A mistyped name would look like somebody without a desktop; students learn of nobody.
        if (query.user !== undefined && hasRole(caller, 'teacher') && !(await users.isKnown(query.user))) {
          throw new HomeroomError('not_found', `There is no user ${query.user}.`);
        }
        return { json: await sessions.page({ ...limit, ...query }, page) };
      },
    }),
    route('GET /sessions/latest', {
      access: 'student',
      summary:
        'The caller’s own session that began last, live or ended: it tells why a desktop is not there any more. 204 for who never had one.',
      answer: sessionResource,
      operationId: 'getLatestSession',
      statuses: [200, 204],
      handle: async ({ caller }) => {
        const latest = await sessions.latestOf(caller.person?.user.id ?? '');
        // Most who choose a desktop for the first time ask: that is no fault.
        return latest ? { json: latest } : { status: 204 };
      },
    }),
    route('GET /sessions/:id', {
      access: 'viewer',
      summary: 'One session.',
      answer: sessionResource,
      handle: async ({ params, caller }) => ({ json: await visible(params.id, caller) }),
    }),
    route('POST /sessions', {
      access: 'student',
      summary:
        'Claim a desktop: 201 and the session; the live session comes back with 200. One whose desktop is not well ' +
        'has ended by the answer `desktop_lost`: asking again gives a fresh one.',
      body: createSessionRequest,
      answer: sessionResource,
      isCreating: true,
      isRepeatable: true,
      statuses: [201, 200],
      errors: [
        'template_unknown',
        'template_not_in_exam',
        'quota_exceeded',
        'seat_unknown',
        'seat_taken',
        'desktop_lost',
      ],
      handle: async ({ body, caller }) => {
        const ownSeat = await seatOfKiosk(caller);
        const seatId = body.seat === undefined ? ownSeat : uuidOf(body.seat, 'seat_unknown');
        if (seatId !== ownSeat && !hasRole(caller, 'teacher')) {
          throw new HomeroomError(
            'not_allowed',
            'students sit where they signed in; teachers may choose a seat',
          );
        }
        if (seatId !== null && seatId !== ownSeat) await seatOf(caller, seatId);
        const request = { userId: caller.person?.user.id ?? '', templateId: body.template, seatId };
        const { session, created } = await sessions.start({ ...request, actor: actorOf(caller) });
        return { status: created ? 201 : 200, json: session };
      },
    }),
    route('PATCH /sessions/:id', {
      access: 'viewer',
      summary:
        'Wait for a desktop of another template; the place in the queue is by the time of the first asking.',
      body: patchSessionRequest,
      answer: sessionResource,
      errors: [
        'template_unknown',
        'template_restricted',
        'quota_exceeded',
        'template_not_in_exam',
        'session_not_waiting',
        'session_ended',
      ],
      handle: async ({ params, body, caller }) => {
        const { id } = await visible(params.id, caller);
        return { json: await sessions.changeTemplate(id, body.template, actorOf(caller)) };
      },
    }),
    route('POST /sessions/:id/keep', {
      access: 'viewer',
      summary:
        'Put the end of a desktop off that comes by idleness or with the lesson, where its template allows it.',
      answer: sessionResource,
      operationId: 'keepSession',
      errors: ['keep_not_allowed', 'session_ended'],
      handle: async ({ params, caller }) => {
        const { id } = await visible(params.id, caller);
        return { json: await sessions.keep(id, actorOf(caller)) };
      },
    }),
    route('DELETE /sessions/:id', {
      access: 'viewer',
      summary: 'End a session; its desktop is deleted, the home stays.',
      answer: sessionResource,
      operationId: 'endSession',
      handle: async ({ params, caller }) => {
        const session = await visible(params.id, caller);
        return { json: await sessions.end(session.id, endReasonFor(session, caller), actorOf(caller)) };
      },
    }),
    route('POST /sessions/:id/move', {
      access: 'teacher',
      summary: 'Put a session on another seat.',
      body: moveSessionRequest,
      answer: sessionResource,
      errors: ['seat_unknown', 'seat_taken', 'session_ended'],
      handle: async ({ params, body, caller }) => {
        const { id } = await visible(params.id, caller);
        const seat = await seatOf(caller, body.seat);
        return { json: await sessions.move(id, seat.id, actorOf(caller)) };
      },
    }),
  ];
}

/** Whoever ends somebody else's session does it as a teacher; the kiosk of the seat does it for its user. */
function endReasonFor(session: Session, caller: Caller): EndReason {
  const isOther = caller.person !== undefined && caller.person.user.id !== session.user;
  return isOther && hasRole(caller, 'teacher') ? 'teacher' : 'logout';
}
