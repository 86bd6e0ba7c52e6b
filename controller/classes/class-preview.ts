/** What the start of a class would do, without doing anything. */
import type { ClassPreview, StartClassRequest } from '@homeroom/protocol';
import type { Queryable } from '../store/database.ts';
import { type Roster, type RosterSeat, readRoster } from './class-roster.ts';
import { countDesktops } from './count-desktops.ts';
import type { ClassPowers } from './ports.ts';
import { type PreviewFacts, previewSeat } from './preview-seat.ts';

/** Facts of seats and of those who are to sit there. */
const factsSql = `
select s.id as seat, d.state->>'state' as "deviceState", hu.id as "hereUser", hu.display_name as "hereName",
  theirs.state as "theirState", theirs.seat_id as "theirSeat", ts.name as "theirSeatName",
  coalesce(may_use_template(w.user_id, $3), true) as "mayUse"
from unnest($1::uuid[], $2::uuid[]) w (seat_id, user_id) join seats s on s.id = w.seat_id
  left join devices d on d.seat_id = s.id and d.revoked_at is null
  left join sessions here on here.seat_id = s.id and here.state <> 'ended' left join users hu on hu.id = here.user_id
  left join sessions theirs on theirs.user_id = w.user_id and theirs.state <> 'ended'
  left join seats ts on ts.id = theirs.seat_id`;

const timesSql = `
select starts_at - make_interval(secs => lead_s) as at, automatic from lessons where id = $1`;

const runningSql = `select from class_runs where room_id = $1 and state = 'running'`;

const templateSql = 'select name from templates where id = $1';

type FactsRow = Omit<PreviewFacts, 'student' | 'power' | 'templateName' | 'hasDevice' | 'isHereOfClass'> & {
  readonly seat: string;
  readonly hereUser: string | null;
};

/** @returns what a start of a class would do @throws as a start, but desktops_short */
export async function previewClass(
  { db, powers }: { db: Queryable; powers: Pick<ClassPowers, 'ofRoom'> },
  room: string,
  request: Pick<StartClassRequest, 'lesson' | 'template' | 'group' | 'seats'>,
): Promise<ClassPreview> {
  const roster = await readRoster(db, room, request);
  const desktops = await countDesktops(db, roster);
  const facts = await readFacts({ db, powers }, roster);
  return {
    at: await readTime(db, roster.lesson),
    seats: roster.seats.map((seat) => ({
      seat: seat.id,
      seatName: seat.name,
      student: seat.student,
      ...previewSeat(facts.get(seat.id) ?? unknownFacts(seat)),
    })),
    desktops,
    withoutSeat: [...roster.withoutSeat],
    problems: [
      ...(await problemsOfRoom(db, room)),
      ...problemsOf(roster, desktops.possible, desktops.needed),
    ],
  };
}

async function readFacts(
  { db, powers }: { db: Queryable; powers: Pick<ClassPowers, 'ofRoom'> },
  { room, seats, template, places }: Roster,
): Promise<Map<string, PreviewFacts>> {
  const users = seats.map(({ student }) => student?.id ?? null);
  const rows = await db.query<FactsRow>(factsSql, [seats.map(({ id }) => id), users, template]);
  const [named] = await db.query<{ name: string }>(templateSql, [template]);
  const power = new Map((await powers.ofRoom(room)).map((each) => [each.seat, each]));
  const ofClass = new Set([...places.values()].map(({ id }) => id));
  const found = new Map(rows.map((row) => [row.seat, row]));
  return new Map(
    seats.flatMap((seat) => {
      const row = found.get(seat.id);
      if (!row) return [];
      const facts: PreviewFacts = {
        ...row,
        student: seat.student && { id: seat.student.id, displayName: seat.student.displayName },
        hasDevice: seat.device !== null,
        isHereOfClass: row.hereUser !== null && ofClass.has(row.hereUser),
        power: power.get(seat.id),
        templateName: named?.name ?? template,
      };
      return [[seat.id, facts] as const];
    }),
  );
}

function unknownFacts({ student }: RosterSeat): PreviewFacts {
  return {
    student,
    hasDevice: false,
    deviceState: null,
    power: undefined,
    templateName: '',
    hereUser: null,
    hereName: null,
    isHereOfClass: false,
    theirState: null,
    theirSeat: null,
    theirSeatName: null,
    mayUse: true,
    seat: '',
  };
}

/** A lesson starts by itself at its time; anything else when somebody says so. */
async function readTime(db: Queryable, lesson: string | null): Promise<string> {
  const [row] = lesson === null ? [] : await db.query<{ at: Date; automatic: boolean }>(timesSql, [lesson]);
  const nowMs = Date.now();
  return new Date(row?.automatic ? Math.max(row.at.getTime(), nowMs) : nowMs).toISOString();
}

async function problemsOfRoom(db: Queryable, room: string): Promise<string[]> {
  const running = await db.query(runningSql, [room]);
  return running.length > 0 ? ['A class starts or ends in this room just now.'] : [];
}

function problemsOf({ withoutSeat }: Roster, possible: number, needed: number): string[] {
  const problems: string[] = [];
  const without = withoutSeat.length;
  if (without > 0) {
    problems.push(without === 1 ? 'One of the group has no seat.' : `${without} of the group have no seat.`);
  }
  if (possible < needed) problems.push(`The class needs ${needed} desktops, and there can be ${possible}.`);
  return problems;
}
