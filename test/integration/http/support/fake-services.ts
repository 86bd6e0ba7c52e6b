import type { Services } from '@homeroom/controller/http/services.ts';
import type { Page } from '@homeroom/controller/store/page.ts';
import { type Device, HomeroomError, type Role, type Session } from '@homeroom/protocol';
import { fakeAttention } from './fake-attention.ts';
import { fakeClasses } from './fake-classes.ts';
import { fakePeople } from './fake-people.ts';
import { fakePower } from './fake-power.ts';
import { fakeRules } from './fake-rules.ts';
import { fakeStreams } from './fake-streams.ts';

export const ids = {
  student: 'aaaaaaaa-0000-4000-8000-000000000001',
  teacher: 'aaaaaaaa-0000-4000-8000-000000000002',
  admin: 'aaaaaaaa-0000-4000-8000-000000000003',
  seat: 'bbbbbbbb-0000-4000-8000-000000000001',
  otherSeat: 'bbbbbbbb-0000-4000-8000-000000000002',
  room: 'cccccccc-0000-4000-8000-000000000001',
  ownSession: 'dddddddd-0000-4000-8000-000000000001',
  otherSession: 'dddddddd-0000-4000-8000-000000000002',
} as const;

export const at = '2026-01-01T00:00:00.000Z';

export function sessionOf(id: string, user: string, seat: string | null): Session {
  return {
    id,
    user,
    username: 'someone',
    template: 'desktop',
    state: 'starting',
    desktop: null,
    seat,
    url: `/desktop/${id}`,
    place: null,
    estimateS: null,
    steps: [],
    reason: null,
    endReason: null,
    startedAt: at,
    endedAt: null,
    endsAt: null,
    endsBy: null,
    warning: 0,
    mayKeep: false,
    trouble: null,
  };
}

export const kioskDevice: Device = {
  id: 'seat-1',
  name: 'Seat 1',
  seat: ids.seat,
  room: ids.room,
  connection: 'ready',
  since: at,
  desired: { revision: 1, page: null, screen: 'on', lock: false, message: null, url: '/kiosk/seat-1' },
  state: null,
  info: null,
  reported: null,
  hdmi: null,
  cec: null,
  input: null,
  relays: null,
  health: null,
  host: null,
  hostConsent: null,
  alerts: [],
};

const seatRecord = {
  id: ids.seat,
  name: 'Seat 1',
  room: ids.room,
  device: 'seat-1',
  session: null,
  guest: null,
  position: null,
};
const roomRecord = { id: ids.room, name: 'Room 1', seats: 1, teachers: [ids.teacher] };

function signedInAs(role: Role, by: string) {
  const user = { id: ids[role], username: role, displayName: role, role, account: role, posixUid: 20_000 };
  return { user, deviceId: null, csrfToken: by === 'cookie' ? `csrf-${role}` : '', idHash: `${by}-${role}` };
}

const pageOf = <T>(items: T[]): Page<T> => ({ items, next: null });
const nothing = pageOf<never>([]);
const refuse = () => Promise.reject(new HomeroomError('not_found'));

/** Services that keep nothing: the cookie `cookie-<role>` and the bearer token `token-<role>` sign in. */
export function fakeServices(overrides: Partial<Services> = {}): Services {
  const sessions = [
    sessionOf(ids.ownSession, ids.student, null),
    sessionOf(ids.otherSession, 'somebody-else', ids.seat),
  ];
  const roleIn = (text: string, prefix: string): Role | undefined =>
    (['student', 'teacher', 'admin'] as const).find((role) => text === `${prefix}-${role}`);
  return {
    accounts: {
      signIn: async ({ username, password }) => {
        const role = roleIn(`x-${username}`, 'x');
        if (!role || password !== 'right') throw new HomeroomError('sign_in_failed');
        return {
          cookie: `cookie-${role}`,
          expiresAt: new Date(Date.now() + 60_000),
          signedIn: signedInAs(role, 'cookie'),
        };
      },
      admit: async (user, { deviceId }) => ({
        cookie: 'cookie-guest',
        expiresAt: new Date(Date.now() + 60_000),
        signedIn: { user, deviceId, csrfToken: 'csrf-guest', idHash: 'guest' },
      }),
      proceed: async (user, { deviceId }) => ({
        cookie: 'cookie-student',
        expiresAt: new Date(Date.now() + 60_000),
        signedIn: { user, deviceId, csrfToken: 'csrf-student', idHash: 'student' },
      }),
      beginSecondStep: async () => {
        throw new HomeroomError('second_step_over');
      },
      passSecondStep: async () => {
        throw new HomeroomError('second_step_over');
      },
      checkPassword: async ({ password }) => {
        if (password !== 'right') throw new HomeroomError('sign_in_failed');
      },
      signOut: async () => undefined,
      authenticate: async (cookie) => {
        const role = roleIn(cookie, 'cookie');
        return role && signedInAs(role, 'cookie');
      },
      authenticateBearer: async (token) => {
        const role = roleIn(token, 'token');
        return role && signedInAs(role, 'bearer');
      },
    },
    oidc: undefined,
    ...fakePeople(),
    ...fakeAttention(),
    ...fakeClasses(),
    ...fakeRules(),
    ...fakePower(),
    ...fakeStreams(ids),
    kioskSignIns: {
      issue: async () => ({ value: 'kiosk-cookie', expiresAt: new Date(at) }),
      authenticate: async (value) =>
        value === 'kiosk-cookie'
          ? { deviceId: 'seat-1', csrfToken: 'csrf-kiosk', idHash: 'kiosk' }
          : undefined,
    },
    users: {
      isKnown: async (idOrName) => idOrName === 'student',
      page: async () => nothing,
      get: async () => undefined,
      create: async ({ username, displayName, role }) => ({
        id: ids.student,
        username,
        displayName,
        role,
        disabled: false,
        source: 'local',
        secondStep: false,
      }),
      change: async () => {
        throw new HomeroomError('not_found');
      },
      setPassword: async () => undefined,
    },
    audit: {
      page: async () => nothing,
      walk: async function* () {
        yield* [];
      },
      add: async () => undefined,
      verify: async () => ({ isWhole: true, verified: 0, hash: '', unsealed: 0, fault: null }),
    },
    templates: { page: async () => nothing, get: async () => undefined },
    pools: { page: async () => nothing, get: async () => undefined },
    templateEditor: { get: async () => undefined, create: refuse, change: refuse },
    poolEditor: { change: refuse },
    providerLimits: { list: async () => [], set: async () => [] },
    hosts: { page: async () => nothing, get: async () => undefined, drain: refuse },
    desktops: { page: async () => nothing, get: async () => undefined },
    sessions: {
      keep: async (id) => sessionOf(id, ids.student, null),
      changeTemplate: async (id) => sessionOf(id, ids.student, null),
      latestOf: async () => sessionOf(ids.ownSession, ids.student, null),
      start: async () => ({ session: sessionOf(ids.ownSession, ids.student, null), created: true }),
      resumeAt: async () => undefined,
      end: async (id) => sessionOf(id, ids.student, null),
      move: async (id) => sessionOf(id, ids.student, null),
      get: async (id) => sessions.find((session) => session.id === id),
      page: async ({ userId }) => pageOf(sessions.filter((session) => !userId || session.user === userId)),
      liveOf: async (userId) => sessions.find((session) => session.user === userId),
    },
    devices: {
      page: async () => pageOf([kioskDevice]),
      get: async (id) => (id === 'seat-1' ? kioskDevice : undefined),
      patch: async () => kioskDevice,
      remove: async () => undefined,
      authenticate: async (id, password) => id === 'seat-1' && password === 'device-password',
    },
    commands: {
      send: async () => {
        throw new HomeroomError('device_offline');
      },
    },
    snapshots: { get: async () => ({ jpeg: Buffer.of(0xff, 0xd8), takenAt: at, etag: '"picture"' }) },
    rooms: {
      page: async () => pageOf([roomRecord]),
      get: async (id) => (id === ids.room ? roomRecord : undefined),
      create: async () => roomRecord,
      pageOfSeats: async () => pageOf([seatRecord]),
      seat: async (id) => (id === ids.seat ? seatRecord : undefined),
      createSeat: async () => seatRecord,
      rename: async () => roomRecord,
      renameSeat: async () => seatRecord,
    },
    roomWalls: { of: async (room) => ({ room, seats: [], run: null, broadcast: null }) },
    roomPlans: { place: async () => undefined },
    roomAccess: {
      mayUse: async ({ role }) => role !== 'student',
      mayUseSeat: async ({ role }) => role !== 'student',
      mayUseDevice: async ({ role }) => role !== 'student',
      teachersOf: async () => undefined,
    },
    roomTeachers: { set: async () => undefined },
    enrolments: {
      policy: async () => ({ policy: 'token', openUntil: null }),
      setPolicy: async (policy) => ({ policy, openUntil: null }),
      waiting: async () => nothing,
      decide: async () => undefined,
    },
    findings: { page: async () => ({ items: [], next: null }), get: async () => undefined },
    loadTests: {
      begin: async () => ({ id: ids.room, template: 'load-test', ready: 0, sessions: [], users: [] }),
      get: async () => undefined,
      end: async () => undefined,
    },
    joinTokens: {
      page: async () => nothing,
      create: async () => ({
        id: '00000000',
        note: null,
        room: null,
        host: false,
        usesLeft: null,
        expiresAt: null,
        withdrawnAt: null,
        createdAt: at,
      }),
      withdraw: async () => undefined,
    },
    kioskViewOf: async (device) => ({
      device,
      deviceName: 'Seat 1',
      seat: ids.seat,
      seatName: 'Seat 1',
      roomName: 'Room 1',
      view: 'sign-in',
      message: null,
      session: null,
      movedTo: null,
      guest: null,
      identify: false,
    }),
    status: async () => ({
      version: '0',
      startedAt: at,
      portalUrl: '',
      mqttUrl: '',
      mqttTlsUrl: null,
      caSha256: '',
      controllers: [],
      missingRoles: [],
      openFindings: { missing: 0, foreign: 0, stuck: 0, forgotten: 0 },
      roles: [],
      checks: [],
    }),
    ...overrides,
  };
}
