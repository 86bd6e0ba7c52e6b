import {
  createRoomRequest,
  createSeatRequest,
  listOf,
  patchRoomRequest,
  patchSeatRequest,
  room,
  seat,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

const seatQuery = v.strictObject({ room: v.optional(v.pipe(v.string(), v.uuid())) });

/** Rooms and their seats. */
export function roomRoutes({ rooms, seatGuests, templates }: Services): Route[] {
  return [
    route('GET /rooms', {
      access: 'teacher',
      summary: 'Every room.',
      answer: listOf(room),
      isPaginated: true,
      handle: async ({ page }) => ({ json: await rooms.page(page) }),
    }),
    route('GET /rooms/:id', {
      access: 'teacher',
      summary: 'One room.',
      answer: room,
      handle: async ({ params }) => ({ json: found(await rooms.get(uuidOf(params.id))) }),
    }),
    route('POST /rooms', {
      access: 'admin',
      summary: 'Make a room.',
      body: createRoomRequest,
      answer: room,
      isCreating: true,
      errors: ['conflict'],
      handle: async ({ body, caller }) => ({
        status: 201,
        json: await rooms.create(body.name, actorOf(caller)),
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
    route('GET /seats', {
      access: 'teacher',
      summary: 'Every seat, or those of one room by `?room=`.',
      query: seatQuery,
      answer: listOf(seat),
      isPaginated: true,
      handle: async ({ query, page }) => ({ json: await rooms.pageOfSeats(query.room, page) }),
    }),
    route('GET /seats/:id', {
      access: 'teacher',
      summary: 'One seat.',
      answer: seat,
      errors: ['seat_unknown'],
      handle: async ({ params }) => ({ json: found(await rooms.seat(params.id ?? ''), 'seat_unknown') }),
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
