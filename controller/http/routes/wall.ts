import { roomPlanRequest, roomWall } from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** A room as its teacher sees it, and where its seats stand. */
export function wallRoutes(services: Services): Route[] {
  const { roomWalls, roomPlans } = services;
  const { roomOf } = roomGuard(services);
  return [
    route('GET /rooms/:id/wall', {
      access: 'teacher',
      summary:
        'Every seat of a room at once: who sits there, power, screen, health, what it shows; the class that starts or ends there.',
      answer: roomWall,
      operationId: 'getRoomWall',
      handle: async ({ params, caller }) => ({ json: await roomWalls.of(await roomOf(caller, params.id)) }),
    }),
    route('PUT /rooms/:id/plan', {
      access: 'teacher',
      summary: 'Say where seats of a room stand; those that are not named stay where they are.',
      body: roomPlanRequest,
      errors: ['seat_unknown'],
      operationId: 'setRoomPlan',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        await roomPlans.place(id, body, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}
