import { randomBytes, randomUUID } from 'node:crypto';
import type { KioskView, ListedUser } from '@homeroom/protocol';
import { adminRoutes } from './admin-routes.ts';
import type { FakeRoute } from './asked.ts';
import { attentionRoutes } from './attention-routes.ts';
import type { Classroom } from './classroom.ts';
import { Refusal } from './problem.ts';

const list = <T>(items: readonly T[]) => ({ items, next: null });

/** `METHOD /path/:id` to an answer; what a route throws as a Refusal becomes a problem document. */
export const routes: Record<string, FakeRoute> = {
  ...adminRoutes,
  ...attentionRoutes,
  'GET templates': ({ classroom }) => list(classroom.templates),
  'GET groups': ({ classroom }) => list(classroom.groups),
  'GET tokens': ({ classroom }) => list(classroom.tokens),
  'GET tokens/:id': () => ({ scopes: ['*', 'rooms:read', 'rooms:write'] }),
  'GET me/:id': () => ({ isSet: false, setAt: null, isRequired: false, recoveryCodesLeft: 0 }),
  'GET second-step': () => ({ roles: [] }),
  'GET rooms': ({ classroom }) => list(classroom.rooms),
  'GET rooms/:id': ({ classroom, id }) => found(classroom.rooms.find((room) => room.id === id)),
  'GET seats': ({ classroom, query }) => list(classroom.seats.filter(inRoom(query))),
  'GET devices': ({ classroom, query }) => list(classroom.devices.filter(inRoom(query))),
  'GET devices/:id': ({ classroom, id }) => found(classroom.devices.find((device) => device.id === id)),
  'GET sessions/latest': ({ classroom, caller }) =>
    classroom.sessions.findLast(({ user }) => user === caller.user?.id),
  'GET sessions/:id': ({ classroom, id }) => found(classroom.sessions.find((session) => session.id === id)),
  'GET enrolment': ({ classroom }) => classroom.policy,
  'GET enrolments': ({ classroom }) => list(classroom.enrolments),
  'GET join-tokens': ({ classroom }) => list(classroom.joinTokens.map(({ token: _, ...rest }) => rest)),

  'GET sessions': ({ classroom, caller, query }) => {
    if (!caller.user) throw new Refusal('sign_in_required');
    const isAll = query.get('state') === 'all';
    const live = classroom.sessions.filter(({ state }) => isAll || state !== 'ended');
    return list(caller.user.role === 'student' ? live.filter(({ user }) => user === caller.user?.id) : live);
  },
  'POST sessions': ({ classroom, caller, body }) => {
    if (!caller.user) throw new Refusal('sign_in_required');
    const mine = classroom.sessions.find(({ user, state }) => user === caller.user?.id && state !== 'ended');
    if (mine) return mine;
    const seat = classroom.seats.find(
      ({ id, device }) => id === body.seat || (device && device === caller.kiosk),
    );
    return classroom.startSession(caller.user.username, String(body.template), seat?.id ?? null);
  },
  'PATCH sessions/:id': ({ classroom, id, body }) => {
    const session = found(classroom.sessions.find((each) => each.id === id));
    if (session.state !== 'waiting') throw new Refusal('session_not_waiting');
    return classroom.changeSession(id, { template: String(body.template) });
  },
  'POST sessions/:id/keep': ({ classroom, id }) => {
    const session = found(classroom.sessions.find((each) => each.id === id));
    if (!session.mayKeep) throw new Refusal('keep_not_allowed');
    return classroom.changeSession(id, { warning: 0, endsAt: null, endsBy: null });
  },
  'DELETE sessions/:id': ({ classroom, id }) => found(classroom.endSession(id, 'logout')),
  'POST sessions/:id/move': ({ classroom, id, body }) => found(classroom.moveSession(id, String(body.seat))),
  'GET broadcasts/:id': ({ classroom, id }) => found(classroom.broadcasts.find((each) => each.id === id)),
  'POST sessions/:id/tickets': ({ classroom, id, body }) => {
    const session = classroom.sessions.find((each) => each.id === id);
    if (!session) throw new Refusal('not_found');
    if (session.state === 'ended') throw new Refusal('session_ended');
    if (session.state === 'waiting') throw new Refusal('session_not_ready');
    classroom.ticketPurposes.push(String(body.purpose ?? 'own'));
    if (body.purpose === 'control' && session.onlookers?.some(({ isInControl }) => isInControl)) {
      throw new Refusal('control_taken');
    }
    const ticket = randomUUID();
    return {
      ticket,
      url: `/desktop/${id}/stream?ticket=${ticket}`,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    };
  },

  'PATCH devices/:id': ({ classroom, id, body }) => {
    const device = classroom.device(id);
    const { name, seat, revoked, host, ...desired } = body;
    Object.assign(device.desired, desired);
    if (typeof name === 'string') device.name = name;
    if (typeof seat === 'string' || seat === null) device.seat = seat;
    if (typeof host === 'boolean') device.hostConsent = host ? 'allowed' : 'refused';
    if (revoked) device.connection = 'revoked';
    classroom.announce({ kind: 'device', id });
    return device;
  },
  'DELETE devices/:id': ({ classroom, id }) => {
    classroom.devices.splice(classroom.devices.indexOf(classroom.device(id)), 1);
    classroom.announce({ kind: 'device', id });
  },
  'POST devices/:id/commands': ({ classroom, id, body }) => {
    if (classroom.device(id).connection !== 'ready') throw new Refusal('device_offline');
    const name = String(body.name);
    classroom.commands.push({ device: id, name, args: (body.args ?? {}) as Record<string, unknown> });
    return { data: {} };
  },
  'GET users': ({ classroom }) => list(classroom.users.map(listed)),
  'POST users': ({ classroom, body }) => {
    const [id, password] = [randomUUID(), 'ribo-tanu-keda-mosi'];
    const username = String(body.username);
    const displayName = String(body.displayName ?? username);
    const role = body.role === 'admin' ? 'admin' : body.role === 'teacher' ? 'teacher' : 'student';
    const made = { id, username, displayName, role, password } as const;
    classroom.users.push(made);
    classroom.announce({ kind: 'user', id });
    return { ...listed(made), password };
  },
  'PATCH users/:id': ({ classroom, id, body }) => {
    const user = found(classroom.users.find((each) => each.id === id));
    Object.assign(user, body);
    classroom.announce({ kind: 'user', id });
    return listed(user);
  },
  'PUT users/:id/password': ({ classroom, id, body }) => {
    found(classroom.users.find((each) => each.id === id)).password = String(body.password);
  },
  'PUT me/:id': ({ classroom, caller, body }) => {
    const user = found(classroom.users.find((each) => each.id === caller.user?.id));
    if (user.password !== body.current) throw new Refusal('sign_in_failed');
    user.password = String(body.password);
  },
  'POST rooms': ({ classroom, body }) => {
    const room = { id: randomUUID(), name: String(body.name), seats: 0, teachers: [] };
    classroom.rooms.push(room);
    classroom.announce({ kind: 'room', id: room.id });
    return room;
  },
  'PUT rooms/:id/teachers': ({ classroom, id, body }) => {
    const room = found(classroom.rooms.find((each) => each.id === id));
    room.teachers = body.teachers as string[];
    classroom.announce({ kind: 'room', id });
    return room;
  },

  'PUT enrolment': ({ classroom, body }) => {
    const policy = body.policy === 'open' ? 'open' : body.policy === 'approve' ? 'approve' : 'token';
    const openUntil =
      policy === 'open' ? new Date(Date.now() + Number(body.minutes) * 60_000).toISOString() : null;
    classroom.policy = { policy, openUntil };
    return classroom.policy;
  },
  'POST enrolments/:id': ({ classroom, id }) => {
    const index = classroom.enrolments.findIndex((enrolment) => enrolment.id === id);
    if (index < 0) throw new Refusal('not_found');
    classroom.enrolments.splice(index, 1);
    classroom.announce({ kind: 'enrolment', id });
  },
  'POST join-tokens': ({ classroom, body }) => {
    const token = {
      id: randomBytes(4).toString('hex'),
      token: `homeroom1.${randomBytes(32).toString('hex')}.${randomBytes(24).toString('base64url')}`,
      note: typeof body.note === 'string' ? body.note : null,
      room: typeof body.room === 'string' ? body.room : null,
      host: body.host === true,
      usesLeft: typeof body.uses === 'number' ? body.uses : null,
      expiresAt: null,
      withdrawnAt: null,
      createdAt: new Date().toISOString(),
    };
    classroom.joinTokens.push(token);
    classroom.announce({ kind: 'join-token', id: token.id });
    return token;
  },
  'DELETE join-tokens/:id': ({ classroom, id }) => {
    const token = found(classroom.joinTokens.find((each) => each.id === id));
    token.withdrawnAt = new Date().toISOString();
    classroom.announce({ kind: 'join-token', id });
  },
  'GET kiosk': ({ classroom, caller }) => kioskView(classroom, caller.kiosk),
};

function listed({ password: _, ...user }: Classroom['users'][number]): ListedUser {
  return { disabled: false, source: 'local', secondStep: false, ...user };
}

function kioskView(classroom: Classroom, id: string | null): KioskView {
  if (id === null) throw new Refusal('sign_in_required');
  const device = classroom.device(id);
  const seat = classroom.seats.find((each) => each.id === device.seat);
  const session = classroom.sessions.find((each) => each.seat === seat?.id && each.state !== 'ended');
  const said = classroom.attention.at(seat?.id);
  return {
    device: id,
    deviceName: device.name,
    seat: seat?.id ?? null,
    seatName: seat?.name ?? null,
    roomName: classroom.rooms.find(({ id: room }) => room === seat?.room)?.name ?? null,
    view: viewOf(device, seat !== undefined, session?.state, said !== null),
    message: said?.text ?? device.desired.message,
    roomMessage: said?.roomMessage ?? null,
    session: session ?? null,
    movedTo: classroom.movedTo.get(seat?.id ?? '') ?? null,
    guest: classroom.guest,
    identify: classroom.commands.some(({ device: of, name }) => of === id && name === 'identify'),
  };
}

function viewOf(
  device: Classroom['devices'][number],
  hasSeat: boolean,
  session: string | undefined,
  hasRoomMessage: boolean,
): KioskView['view'] {
  if (device.connection === 'revoked') return 'revoked';
  if (device.desired.lock) return 'locked';
  if (hasRoomMessage || device.desired.message !== null) return 'message';
  if (!hasSeat) return 'unassigned';
  if (!session) return 'sign-in';
  return session === 'waiting' ? 'waiting' : 'desktop';
}

function inRoom(query: URLSearchParams): (of: { room: string | null }) => boolean {
  const room = query.get('room');
  return (of) => room === null || of.room === room;
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('not_found');
  return value;
}
