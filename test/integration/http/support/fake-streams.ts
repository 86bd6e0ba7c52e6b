import type { Services } from '@homeroom/controller/http/services.ts';
import type { Broadcast } from '@homeroom/protocol';

const at = '2026-01-01T00:00:00.000Z';

/** Streams, and broadcasts of which there is one. */
export function fakeStreams(
  ids: Readonly<{ room: string; seat: string; ownSession: string }>,
): Pick<Services, 'streamTickets' | 'streamPermission' | 'streamViews' | 'broadcasts'> {
  const broadcast: Broadcast = {
    id: ids.room,
    room: ids.room,
    session: ids.ownSession,
    username: 'student',
    displayName: 'A student',
    startedBy: 'A teacher',
    startedAt: at,
    expiresAt: at,
    endedAt: null,
    endReason: null,
    seats: [{ seat: ids.seat, isWatching: false }],
  };
  const maySee: Services['streamPermission']['maySee'] = async (holder, session) =>
    holder.deviceId ? session.seat === ids.seat : session.user === holder.userId;
  return {
    streamTickets: { issue: async () => ({ ticket: 'ticket', expiresAt: new Date(at) }) },
    streamPermission: {
      maySee,
      rightTo: async (holder, session, purpose) =>
        purpose === 'own' && (await maySee(holder, session)) ? { purpose, broadcastId: null } : undefined,
    },
    streamViews: { holderOf: async () => undefined },
    broadcasts: {
      start: async () => broadcast,
      stop: async () => undefined,
      get: async (id) => (id === broadcast.id ? broadcast : undefined),
      currentOf: async () => broadcast,
      isFor: async () => true,
    },
  };
}
