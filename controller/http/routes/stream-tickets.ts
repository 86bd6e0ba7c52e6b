import {
  HomeroomError,
  type Session,
  type StreamPurpose,
  streamTicket,
  streamTicketRequest,
} from '@homeroom/protocol';
import { actorOf, type Caller, streamHolderOf } from '../caller.ts';
import { found, uuidOf } from '../found.ts';
import { roomGuard } from '../room-guard.ts';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Why a desktop that the caller knows of may not be seen so. */
const refusals: Readonly<Record<StreamPurpose, string>> = {
  own: 'only its user, and the kiosk of its seat, may see a desktop as their own',
  watch: 'teachers look at desktops of students; admins at all',
  control: 'teachers help at desktops of students; admins at all',
  broadcast: 'a broadcast is seen at the seats that it is for',
};

/** Streams are opened with tickets: what somebody may do with one is decided here. */
export function streamTicketRoutes(services: Services): Route[] {
  const { sessions, streamTickets, streamPermission, streamViews, audit } = services;
  const { mayRunSession } = roomGuard(services);

  /** What may not be seen is as if it were not there. */
  const refuse = async (caller: Caller, session: Session, purpose: StreamPurpose): Promise<never> => {
    if (caller.kiosk && purpose === 'broadcast') throw new HomeroomError('broadcast_over');
    const holder = streamHolderOf(caller);
    const isKnown =
      caller.person?.user.id === session.user ||
      (await mayRunSession(caller, session)) ||
      (holder !== undefined && (await streamPermission.maySee(holder, session)));
    throw isKnown ? new HomeroomError('not_allowed', refusals[purpose]) : new HomeroomError('not_found');
  };
  const refuseSecondHand = async (caller: Caller, session: Session): Promise<void> => {
    const holding = await streamViews.holderOf(session.id);
    if (!holding || holding.id === caller.person?.user.id) return;
    throw new HomeroomError('control_taken', `${holding.displayName} holds them`);
  };

  return [
    route('POST /sessions/:id/tickets', {
      access: 'viewer',
      summary:
        'A ticket for one connection to the desktop’s stream, for whoever asks for it. Its `purpose`: `own` (the usual one), ' +
        '`watch` or `control` for teachers of its room, `broadcast` for a seat that it is shown at. Who only looks sends nothing to it.',
      body: streamTicketRequest,
      answer: streamTicket,
      statuses: [201],
      operationId: 'createSessionTicket',
      errors: ['session_ended', 'control_taken', 'broadcast_over'],
      handle: async ({ params, body: { purpose }, caller }) => {
        const session = found(await sessions.get(uuidOf(params.id)));
        const holder = streamHolderOf(caller);
        const right = holder && (await streamPermission.rightTo(holder, session, purpose));
        if (!holder || !right) return await refuse(caller, session, purpose);
        if (session.state === 'ended') throw new HomeroomError('session_ended');
        if (purpose === 'control') await refuseSecondHand(caller, session);
        const { deviceId, signInHash } = holder;
        const binding = { sessionId: session.id, deviceId, signInHash };
        const { ticket, expiresAt } = await streamTickets.issue(binding, right);
        if (purpose === 'watch' || purpose === 'control') {
          const { userId, username, address } = actorOf(caller);
          const actor = { id: userId, username };
          await audit.add({ actor, action: `session.${purpose}`, subject: session.id, address });
        }
        const url = `/desktop/${session.id}/stream?ticket=${encodeURIComponent(ticket)}`;
        return { status: 201, json: { ticket, url, expiresAt: expiresAt.toISOString() } };
      },
    }),
  ];
}
