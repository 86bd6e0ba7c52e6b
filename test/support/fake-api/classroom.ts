import { randomUUID } from 'node:crypto';
import type {
  ApiToken,
  Broadcast,
  Change,
  Device,
  Enrolment,
  EnrolmentPolicy,
  Group,
  JoinTokenResource,
  KioskView,
  Room,
  Seat,
  Session,
  Template,
  User,
} from '@homeroom/protocol';
import { AdminRecords } from './admin-records.ts';
import { Attention } from './attention.ts';
import { createDevice } from './device-of.ts';

/** A class room's records, held in memory; tests change them and announce it. */
export class Classroom {
  readonly users: (User & { password: string; disabled?: boolean })[] = [
    { id: randomUUID(), username: 'ada', displayName: 'Ada', role: 'student', password: 'student' },
    {
      id: randomUUID(),
      username: 'mr-turing',
      displayName: 'Mr Turing',
      role: 'teacher',
      password: 'teacher',
    },
    { id: randomUUID(), username: 'admin', displayName: 'Grace', role: 'admin', password: 'admin' },
  ];
  readonly templates: Template[] = [
    {
      id: 'desktop',
      name: 'Linux desktop',
      description: 'A whole desktop with files, a terminal and a browser.',
      provider: 'host',
      icon: 'desktop',
      ready: 4,
    },
    {
      id: 'browser',
      name: 'Web browser',
      description: 'Only a browser, full screen. Starts the quickest.',
      provider: 'host',
      icon: 'browser',
      ready: 2,
    },
    {
      id: 'terminal',
      name: 'Terminal',
      description: 'A shell for programming lessons.',
      provider: 'host',
      icon: 'terminal',
      ready: 0,
    },
  ];
  readonly broadcasts: Broadcast[] = [];
  /** What tickets were asked for, in order. */
  readonly ticketPurposes: string[] = [];
  readonly rooms: Room[] = [{ id: randomUUID(), name: 'Room 1', seats: 4, teachers: [] }];
  readonly seats: Seat[];
  readonly devices: Device[];
  readonly sessions: Session[] = [];
  readonly groups: Group[] = [
    {
      id: randomUUID(),
      name: '7b',
      source: 'local',
      members: 1,
      templates: [],
      createdAt: '2026-01-01T00:00:00.000Z',
    },
  ];
  readonly tokens: ApiToken[] = [];
  readonly enrolments: Enrolment[] = [];
  readonly joinTokens: JoinTokenResource[] = [];
  policy: EnrolmentPolicy = { policy: 'token', openUntil: null };
  /** What somebody without an account may start at any seat. */
  guest: KioskView['guest'] = null;
  /** By the seat that a session left, the name of the one where it is. */
  readonly movedTo = new Map<string, string>();
  readonly commands: { device: string; name: string; args: Record<string, unknown> }[] = [];
  /** What teachers and admins see beside. */
  readonly admin = new AdminRecords(this.templates);
  /** Messages to rooms, hand-outs, collections. */
  readonly attention = new Attention(this);
  readonly #listeners = new Set<(change: Change) => void>();

  constructor() {
    const room = this.rooms[0]?.id ?? '';
    this.seats = [1, 2, 3, 4].map((number) => ({
      id: randomUUID(),
      name: `Seat ${number}`,
      room,
      device: number < 4 ? `pi-${number}` : null,
      session: null,
      guest: null,
      position: null,
    }));
    this.devices = this.seats.slice(0, 3).map((seat, index) => createDevice(`pi-${index + 1}`, seat));
  }

  /** Tell every page that something changed. */
  announce(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @returns a device that must be there; tests change it in place. */
  device(id: string): Device {
    const device = this.devices.find((each) => each.id === id);
    if (!device) throw new Error(`there is no device ${id}`);
    return device;
  }

  /** Change a device, and tell it. */
  changeDevice(id: string, change: (device: Device) => void): void {
    change(this.device(id));
    this.announce({ kind: 'device', id });
  }

  /** A session as the controller makes one: on a ready desktop, or waiting where none is. */
  startSession(username: string, template: string, seat: string | null): Session {
    const user = this.users.find((each) => each.username === username);
    const isReady = (this.templates.find(({ id }) => id === template)?.ready ?? 0) > 0;
    const id = randomUUID();
    const session: Session = {
      id,
      user: user?.id ?? randomUUID(),
      username,
      template,
      state: isReady ? 'active' : 'waiting',
      desktop: isReady ? randomUUID() : null,
      seat,
      url: `/desktop/${id}`,
      place: isReady ? null : 1,
      estimateS: null,
      steps: [],
      reason: isReady ? null : 'No desktop is free yet.',
      endReason: null,
      startedAt: new Date().toISOString(),
      endedAt: null,
      endsAt: null,
      endsBy: null,
      warning: 0,
      mayKeep: false,
      trouble: null,
    };
    this.sessions.push(session);
    this.#seatSessions();
    this.announce({ kind: 'session', id });
    return session;
  }

  /** Change a session, and tell it. */
  changeSession(id: string, change: Partial<Session>): Session {
    const session = this.sessions.find((each) => each.id === id);
    if (!session) throw new Error(`there is no session ${id}`);
    Object.assign(session, change);
    this.announce({ kind: 'session', id });
    return session;
  }

  moveSession(id: string, seat: string): Session | undefined {
    const session = this.sessions.find((each) => each.id === id);
    if (!session) return undefined;
    if (session.seat) this.movedTo.set(session.seat, this.seats.find((each) => each.id === seat)?.name ?? '');
    session.seat = seat;
    this.#seatSessions();
    this.announce({ kind: 'session', id });
    return session;
  }

  endSession(id: string, endReason: Session['endReason']): Session | undefined {
    const session = this.sessions.find((each) => each.id === id);
    if (!session) return undefined;
    Object.assign(session, { state: 'ended', endReason, endedAt: new Date().toISOString() });
    this.#seatSessions();
    this.announce({ kind: 'session', id });
    return session;
  }

  /** Each seat names the live session that it shows. */
  #seatSessions(): void {
    for (const seat of this.seats) {
      const at = this.sessions.find(({ seat: id, state }) => id === seat.id && state !== 'ended');
      seat.session = at?.id ?? null;
    }
  }
}
