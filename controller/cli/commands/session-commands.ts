import { room, type Session, seat, session } from '@homeroom/protocol';
import * as v from 'valibot';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../option-rule.ts';
import { findSeat } from './find-place.ts';
import { findUser } from './find-user.ts';
import { type Columns, printRecord, printRecords } from './print-records.ts';

const columnsWith = (seats: ReadonlyMap<string, string>): Columns<Session> => ({
  id: ({ id }) => id,
  user: ({ username }) => username,
  template: ({ template }) => template,
  state: ({ state, place }) => (place === null ? state : `${state}, place ${place}`),
  seat: ({ seat }) => seat && (seats.get(seat) ?? seat),
  since: ({ startedAt }) => startedAt,
  ends: ({ endedAt, endsAt, endReason, endsBy }) =>
    endedAt ? `${endedAt} (${endReason})` : endsAt && `${endsAt} (${endsBy})`,
  trouble: ({ trouble, reason }) => trouble ?? reason,
});

const list = defineCommand({
  name: 'sessions list',
  summary: 'show who has a desktop, or waits for one',
  options: {
    all: { type: 'boolean', description: 'show those that have ended, too' },
    user: { type: 'string', value: 'U', description: 'those of one user' },
    json: jsonOption,
  },
  run: async ({ values }, context) => {
    const api = context.api();
    const user = values.user === undefined ? '' : `&user=${(await findUser(api, values.user)).id}`;
    const found = await api.list(`/sessions?state=${values.all ? 'all' : 'live'}${user}`, session);
    await print(context, found, values);
  },
});

const show = defineCommand({
  name: 'sessions show',
  summary: 'show everything about one session',
  arguments: ['session'],
  options: { json: jsonOption },
  run: async ({ args, values }, context) =>
    printRecord(context, await context.api().call('GET', pathOf(args[0]), session), values),
});

const start = defineCommand({
  name: 'sessions start',
  summary: 'claim a desktop for oneself; a live session comes back',
  arguments: ['template'],
  options: { seat: { type: 'string', value: 'S', description: 'show it at this seat' }, json: jsonOption },
  run: async ({ args: [template], values }, context) => {
    const api = context.api();
    const place = values.seat === undefined ? {} : { seat: (await findSeat(api, values.seat)).id };
    const made = await api.call('POST', '/sessions', session, { template, ...place });
    if (values.json) return context.print(`${JSON.stringify(made)}\n`);
    await print(context, [made], { json: false });
    context.print(`\nIt is seen at ${new URL(made.url, api.url)}\n`);
  },
});

const end = defineCommand({
  name: 'sessions end',
  summary: 'end sessions; their desktops are deleted, files in homes stay',
  arguments: ['session...'],
  options: { yes: { type: 'boolean', description: 'do not ask' } },
  about:
    'Ends sessions by their ids, or by the names of their users. What is open on the desktops and not saved is lost.',
  run: async ({ args, values }, context) => {
    const api = context.api();
    const live = await api.list('/sessions?state=live', session);
    const found = args.map((wanted) => liveOf(live, wanted));
    if (!values.yes && context.isAttended) {
      const answer = await context.ask(`End ${found.length} sessions? What is not saved is lost. [yes/no] `);
      if (!/^y(es)?$/i.test(answer.trim())) return context.print('Nothing was ended.\n');
    }
    for (const id of found) {
      await api.call('DELETE', pathOf(id), v.union([v.undefined(), session]));
      context.print(`${id} has ended.\n`);
    }
  },
});

const move = defineCommand({
  name: 'sessions move',
  summary: 'put a session on another seat',
  arguments: ['session', 'seat'],
  options: { json: jsonOption },
  run: async ({ args: [id, wanted = ''], values }, context) => {
    const api = context.api();
    const body = { seat: (await findSeat(api, wanted)).id };
    const moved = await api.call('POST', `${pathOf(id)}/move`, session, body);
    await print(context, [moved], values);
  },
});

/** Who has which desktop. */
export const sessionCommands: readonly Command[] = [list, show, start, end, move];

async function print(
  context: CommandContext,
  sessions: readonly Session[],
  { json }: { json: boolean },
): Promise<void> {
  const hasSeats = !json && sessions.some(({ seat }) => seat !== null);
  const columns = columnsWith(hasSeats ? await seatNames(context.api()) : new Map());
  printRecords(context, sessions, { json, columns });
}

/** @returns the names of seats, as `sessions move` takes them; none for who may not list seats */
async function seatNames(api: ApiClient): Promise<ReadonlyMap<string, string>> {
  try {
    const [rooms, seats] = await Promise.all([api.list('/rooms', room), api.list('/seats', seat)]);
    const roomNames = new Map(rooms.map(({ id, name }) => [id, name]));
    return new Map(seats.map((each) => [each.id, `${roomNames.get(each.room) ?? each.room}/${each.name}`]));
  } catch (caught) {
    if (caught instanceof CliFault) return new Map();
    throw caught;
  }
}

/** @throws CliFault when nobody of that name has a session */
function liveOf(live: readonly Session[], wanted: string): string {
  const found = live.find(({ id, username }) => id === wanted || username === wanted);
  // One that has ended is told by the controller.
  if (found || isId.test(wanted)) return found?.id ?? wanted;
  throw new CliFault(exitCodes.failed, `There is no session ${wanted}, and nobody of that name has one.`);
}

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function pathOf(id = ''): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
