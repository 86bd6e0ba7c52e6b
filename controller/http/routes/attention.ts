import {
  listOf,
  lockRoomRequest,
  muteRoomRequest,
  openPageRequest,
  roomMessage,
  roomMessageRequest,
  seatOutcomes,
} from '@homeroom/protocol';
import { actorOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** What a teacher does to a room at once: screens, sound, messages. */
export function attentionRoutes(services: Services): Route[] {
  return [...screenRoutes(services), ...messageRoutes(services), ...kioskMessageRoutes(services)];
}

function screenRoutes(services: Services): Route[] {
  const { roomControls } = services;
  const { roomOf } = roomGuard(services);
  return [
    route('POST /rooms/:id/lock', {
      access: 'teacher',
      summary:
        'Lock the seats of a room, or some, for a time; or unlock them. Desktops go on behind the locked page.',
      body: lockRoomRequest,
      answer: seatOutcomes,
      errors: ['seat_unknown'],
      operationId: 'lockRoom',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: await roomControls.lock(id, body, actorOf(caller)) };
      },
    }),
    route('POST /rooms/:id/open', {
      access: 'teacher',
      summary: 'Show a page at the seats of a room, or some; null ends it, and desktops come back.',
      body: openPageRequest,
      answer: seatOutcomes,
      errors: ['seat_unknown'],
      operationId: 'openRoomPage',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: await roomControls.open(id, body, actorOf(caller)) };
      },
    }),
    route('POST /rooms/:id/mute', {
      access: 'teacher',
      summary: 'Mute the sound at the seats of a room, or some; or let it be heard again.',
      body: muteRoomRequest,
      answer: seatOutcomes,
      errors: ['seat_unknown'],
      operationId: 'muteRoom',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: await roomControls.mute(id, body, actorOf(caller)) };
      },
    }),
  ];
}

function messageRoutes(services: Services): Route[] {
  const { roomMessages } = services;
  const { roomOf } = roomGuard(services);
  return [
    route('POST /rooms/:id/message', {
      access: 'teacher',
      summary:
        'Say something to a room, or to some seats; it lies over everything else until it is read or its time is over.',
      body: roomMessageRequest,
      answer: roomMessage,
      isCreating: true,
      errors: ['seat_unknown'],
      operationId: 'sendRoomMessage',
      handle: async ({ params, body, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { status: 201, json: await roomMessages.send(id, body, actorOf(caller)) };
      },
    }),
    route('GET /rooms/:id/messages', {
      access: 'teacher',
      summary: 'What was said to a room, the newest first, with who has seen and read it.',
      answer: listOf(roomMessage),
      isPaginated: true,
      operationId: 'listRoomMessages',
      handle: async ({ params, page, caller }) => {
        const { id } = await roomOf(caller, params.id);
        return { json: await roomMessages.page(id, page) };
      },
    }),
    route('DELETE /messages/:id', {
      access: 'teacher',
      summary: 'Take a message back from every screen.',
      operationId: 'withdrawRoomMessage',
      handle: async ({ params, caller }) => {
        const { id, room } = found(await roomMessages.get(uuidOf(params.id)));
        await roomOf(caller, room);
        await roomMessages.withdraw(id, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}

/** Receipts come from the page of the seat, whoever sits there. */
function kioskMessageRoutes({ roomMessages }: Services): Route[] {
  return [
    route('POST /kiosk/messages/:id/shown', {
      access: 'kiosk',
      summary: 'This seat shows a message now. May be repeated.',
      operationId: 'tellMessageShown',
      handle: async ({ params, caller }) => {
        await roomMessages.shown(uuidOf(params.id), caller.kiosk?.deviceId ?? '');
        return { status: 204 };
      },
    }),
    route('POST /kiosk/messages/:id/read', {
      access: 'kiosk',
      summary: 'Somebody at this seat has read a message: what lay under it comes back. May be repeated.',
      operationId: 'tellMessageRead',
      handle: async ({ params, caller }) => {
        await roomMessages.read(uuidOf(params.id), caller.kiosk?.deviceId ?? '');
        return { status: 204 };
      },
    }),
  ];
}
