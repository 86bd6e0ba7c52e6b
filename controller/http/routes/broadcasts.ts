import { type Broadcast, broadcast, broadcastRequest, HomeroomError } from '@homeroom/protocol';
import { hasRole } from '../access.ts';
import { actorOf, type Caller, streamHolderOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** One desktop on the seats of a room, to look at. */
export function broadcastRoutes(services: Services): Route[] {
  const { broadcasts, sessions, streamPermission } = services;
  const { roomOf, refuseForeignRoom } = roomGuard(services);

  /** The desktop that is to be shown: one that the caller may look at, else their own. */
  const sourceOf = async (caller: Caller, id: string | undefined): Promise<string> => {
    if (id === undefined) {
      const own = await sessions.liveOf(caller.person?.user.id ?? '');
      if (!own) throw new HomeroomError('broadcast_without_desktop');
      return own.id;
    }
    const session = found(await sessions.get(uuidOf(id)));
    const holder = streamHolderOf(caller);
    const right = holder && (await streamPermission.rightTo(holder, session, 'watch'));
    return found(right && session).id;
  };
  /** Teachers see those of their rooms, kiosks those that are for their seat. */
  const visible = async (caller: Caller, id: string | undefined): Promise<Broadcast> => {
    const record = found(await broadcasts.get(uuidOf(id)));
    if (caller.kiosk && (await broadcasts.isFor(record.id, caller.kiosk.deviceId))) return record;
    if (!hasRole(caller, 'teacher')) throw new HomeroomError('not_found');
    await refuseForeignRoom(caller, record.room);
    return record;
  };

  return [
    route('POST /rooms/:id/broadcast', {
      access: 'teacher',
      summary:
        'Show a desktop at the seats of a room, to look at: the caller’s own, or a student’s. What was shown there is replaced. ' +
        'It ends when it is stopped, after `forS` seconds, or with that desktop.',
      body: broadcastRequest,
      answer: broadcast,
      isCreating: true,
      operationId: 'startBroadcast',
      errors: ['broadcast_without_desktop', 'session_ended', 'session_not_ready', 'seat_unknown'],
      handle: async ({ params, body, caller }) => {
        const { id: roomId } = await roomOf(caller, params.id);
        const sessionId = await sourceOf(caller, body.session);
        const seats = body.seats?.map((seat) => uuidOf(seat, 'seat_unknown'));
        const { forS } = body;
        const started = await broadcasts.start({ roomId, sessionId, seats, forS, actor: actorOf(caller) });
        return { status: 201, json: started };
      },
    }),
    route('GET /rooms/:id/broadcast', {
      access: 'teacher',
      summary: 'What is shown at the seats of a room now; 404 when nothing is.',
      answer: broadcast,
      operationId: 'getRoomBroadcast',
      handle: async ({ params, caller }) => ({
        json: found(await broadcasts.currentOf((await roomOf(caller, params.id)).id)),
      }),
    }),
    route('GET /broadcasts/:id', {
      access: 'viewer',
      summary: 'A broadcast, also when it is over: for its teachers, and for the kiosks of its seats.',
      answer: broadcast,
      handle: async ({ params, caller }) => ({ json: await visible(caller, params.id) }),
    }),
    route('DELETE /broadcasts/:id', {
      access: 'teacher',
      summary: 'End a broadcast: its seats return to what they showed. One that is over stays so.',
      operationId: 'endBroadcast',
      handle: async ({ params, caller }) => {
        const { id } = await visible(caller, params.id);
        await broadcasts.stop(id, actorOf(caller));
        return { status: 204 };
      },
    }),
  ];
}
