import {
  HomeroomError,
  powerOverrideRequest,
  roomPower,
  seatPower,
  seatPowerRequest,
} from '@homeroom/protocol';
import { hasRole } from '../access.ts';
import { actorOf } from '../caller.ts';
import { found } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** The power of seats, for the teachers of their rooms. */
export function seatPowerRoutes(services: Services): Route[] {
  const { seatPowers } = services;
  const { roomOf, seatOf } = roomGuard(services);
  return [
    route('GET /rooms/:id/power', {
      access: 'teacher',
      summary: 'The power of every seat of a room: what is wanted, what is true by vote, and why.',
      answer: roomPower,
      operationId: 'readRoomPower',
      handle: async ({ params, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: { items: await seatPowers.ofRoom(id) } };
      },
    }),
    route('GET /seats/:id/power', {
      access: 'teacher',
      summary: 'The power of one seat.',
      answer: seatPower,
      errors: ['seat_unknown'],
      operationId: 'readSeatPower',
      handle: async ({ params, caller }) => {
        const { id } = await seatOf(caller, params.id);
        return { json: found(await seatPowers.of(id), 'seat_unknown') };
      },
    }),
    route('POST /seats/:id/power', {
      access: 'teacher',
      summary:
        'Switch a seat on or off, or off and on. Its computer is shut down first, and power is cut when it has said so; `force` (admins) cuts it at once.',
      body: seatPowerRequest,
      answer: seatPower,
      errors: [
        'seat_unknown',
        'power_not_switchable',
        'power_overridden',
        'device_offline',
        'command_busy',
        'command_timeout',
      ],
      operationId: 'setSeatPower',
      handle: async ({ params, body, caller }) => {
        const { id } = await seatOf(caller, params.id);
        if (body.force && !hasRole(caller, 'admin'))
          throw new HomeroomError('not_allowed', 'Only admins cut power by force.');
        return { json: await seatPowers.request(id, body, actorOf(caller)) };
      },
    }),
    route('PUT /seats/:id/power/override', {
      access: 'teacher',
      summary: 'Hold the power of a seat by hand, whatever else asks for it; `on: null` lets it go.',
      body: powerOverrideRequest,
      answer: seatPower,
      errors: ['seat_unknown', 'power_not_switchable'],
      operationId: 'holdSeatPower',
      handle: async ({ params, body, caller }) => {
        const { id } = await seatOf(caller, params.id);
        return { json: await seatPowers.override(id, body, actorOf(caller)) };
      },
    }),
  ];
}
