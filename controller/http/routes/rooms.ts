import {
  createRoomRequest,
  createSeatRequest,
  listOf,
  patchRoomRequest,
  patchSeatRequest,
  room,
  roomTeachersRequest,
  seat,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard, teacherOf } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const seatQuery = v.strictObject({ room: v.optional(v.pipe(v.string(), v.uuid())) });

/** Rooms and their seats. */
export function roomRoutes(services: Services): Route[] {
  return [...ofRooms(services), ...ofSeats(services)];
}

function ofRooms(services: Services): Route[] {
  const { rooms, roomTeachers } = services;
  const { roomOf } = roomGuard(services);
  return [
    route('GET /rooms', {
      access: 'teacher',
      summary: 'Every room; for teachers their own.',
      answer: listOf(room),
      isPaginated: true,
      handle: async ({ page, caller }) => ({ json: await rooms.page(page, teacherOf(caller)) }),
    }),
    route('GET /rooms/:id', {
      access: 'teacher',
      summary: 'One room.',
      answer: room,
      handle: async ({ params, caller }) => ({ json: await roomOf(caller, params.id) }),
    }),
    route('POST /rooms', {
      access: 'admin',
      summary: 'Make a room; without `teachers` it is for all teachers that there are.',
      body: createRoomRequest,
      answer: room,
      isCreating: true,
      errors: ['conflict'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await rooms.create(body.name, actorOf(caller), body.teachers),
      }),
    }),
    route('PATCH /rooms/:id', {
      access: 'admin',
      summary: 'Rename a room.',
      body: patchRoomRequest,
      answer: room,
      errors: ['conflict'],
      handle: async ({ params, body, caller }) => ({
        json: await rooms.rename(uuidOf(params.id), body.name, actorOf(caller)),
      }),
    }),
    route('PUT /rooms/:id/teachers', {
      access: 'admin',
      summary: 'Say whose room it is: these teachers, and nobody else but admins, see and run it.',
      body: roomTeachersRequest,
      answer: room,
      operationId: 'setRoomTeachers',
      handle: async ({ params, body, caller }) => {
        await roomTeachers.set(uuidOf(params.id), body.teachers, actorOf(caller));
        return { json: await roomOf(caller, params.id) };
      },
    }),
    route('POST /rooms/:id/seats', {
      access: 'admin',
      summary: 'Make a seat in a room.',
      body: createSeatRequest,
      answer: seat,
      isCreating: true,
      errors: ['conflict'],
      handle: async ({ params, body, caller }) => ({
        status: 201,
        json: await rooms.createSeat(uuidOf(params.id), body.name, actorOf(caller)),
      }),
    }),
  ];
}

function ofSeats(services: Services): Route[] {
  const { rooms, seatGuests, templates } = services;
  const { seatOf } = roomGuard(services);
  return [
    route('GET /seats', {
      access: 'teacher',
      summary: 'Every seat, or those of one room by `?room=`; for teachers of their own rooms.',
      query: seatQuery,
      answer: listOf(seat),
      isPaginated: true,
      handle: async ({ query, page, caller }) => ({
        json: await rooms.pageOfSeats(query.room, page, teacherOf(caller)),
      }),
    }),
    route('GET /seats/:id', {
      access: 'teacher',
      summary: 'One seat.',
      answer: seat,
      errors: ['seat_unknown'],
      handle: async ({ params, caller }) => ({ json: await seatOf(caller, params.id) }),
    }),
    route('PATCH /seats/:id', {
      access: 'admin',
      summary: 'Rename a seat; say what somebody without an account gets there, or that they get nothing.',
      body: patchSeatRequest,
      answer: seat,
      errors: ['seat_unknown', 'template_unknown', 'conflict'],
      handle: async ({ params, body, caller }) => {
        const id = uuidOf(params.id, 'seat_unknown');
        const { name, guest } = body;
        // Told before anything is changed.
        if (guest) found(await templates.get(guest.template), 'template_unknown');
        if (name !== undefined) await rooms.renameSeat(id, name, actorOf(caller));
        if (guest !== undefined) await seatGuests.set(id, guest, actorOf(caller));
        return { json: found(await rooms.seat(id), 'seat_unknown') };
      },
    }),
  ];
}
