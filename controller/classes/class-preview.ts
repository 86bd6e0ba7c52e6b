import type { ClassPreview, StartClassRequest } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { countDesktops, readRoster } from './class-roster.ts';

/** @returns what a start of a class would do @throws as a start, but desktops_short */
export async function previewClass(
  db: Queryable,
  room: string,
  request: Pick<StartClassRequest, 'lesson' | 'template' | 'group' | 'seats'>,
): Promise<ClassPreview> {
  const roster = await readRoster(db, room, request);
  const desktops = await countDesktops(db, roster);
  return {
    at: new Date().toISOString(),
    seats: roster.seats.map(({ id, name, student }) => ({
      seat: id,
      seatName: name,
      student,
      steps: [],
      problems: [],
    })),
    desktops,
    withoutSeat: [...roster.withoutSeat],
    problems: [],
  };
}
