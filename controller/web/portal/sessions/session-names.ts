import type { Room, Seat, Session, Template } from '@homeroom/protocol';

/** What the ids in sessions stand for. */
export interface SessionNames {
  readonly templates: readonly Pick<Template, 'id' | 'name'>[];
  readonly seats: readonly Pick<Seat, 'id' | 'name' | 'room'>[];
  readonly rooms: readonly Pick<Room, 'id' | 'name'>[];
}

/** @returns what a session's desktop is called; its id where the template is withdrawn. */
export function templateName(names: SessionNames, id: string): string {
  return names.templates.find((each) => each.id === id)?.name ?? id;
}

/** @returns where a session is seen: `Room 1 · Seat 2`, or in a browser. */
export function placeName(names: SessionNames, { seat: id }: Pick<Session, 'seat'>): string {
  if (id === null) return 'in a browser';
  const seat = names.seats.find((each) => each.id === id);
  if (!seat) return 'at a seat';
  const room = names.rooms.find((each) => each.id === seat.room);
  return room ? `${room.name} · ${seat.name}` : seat.name;
}

/** Which sessions are to be shown; what is empty leaves all in. */
export interface SessionFilter {
  readonly person: string;
  readonly template: string;
  readonly state: string;
  readonly room: string;
}

export const everySession: SessionFilter = { person: '', template: '', state: '', room: '' };

/** @returns whether a session is one of those that are looked for. */
export function matches(session: Session, filter: SessionFilter, names: SessionNames): boolean {
  const room = names.seats.find(({ id }) => id === session.seat)?.room ?? '';
  return (
    session.username.toLowerCase().includes(filter.person.trim().toLowerCase()) &&
    (filter.template === '' || session.template === filter.template) &&
    (filter.state === '' || session.state === filter.state) &&
    (filter.room === '' || room === filter.room)
  );
}
