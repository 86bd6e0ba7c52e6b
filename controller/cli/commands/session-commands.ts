import { type Session, session } from '@homeroom/protocol';
import * as v from 'valibot';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { findSeat } from './find-place.ts';
import { findUser } from './find-user.ts';
import { type Columns, printRecord, printRecords } from './print-records.ts';

const columns: Columns<Session> = {
  id: ({ id }) => id,
  user: ({ username }) => username,
  template: ({ template }) => template,
  state: ({ state, place }) => (place === null ? state : `${state}, place ${place}`),
  seat: ({ seat }) => seat,
  since: ({ startedAt }) => startedAt,
  ends: ({ endedAt, endsAt, endReason, endsBy }) =>
    endedAt ? `${endedAt} (${endReason})` : endsAt && `${endsAt} (${endsBy})`,
  trouble: ({ trouble, reason }) => trouble ?? reason,
};

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
    printRecords(context, found, { json: values.json, columns });
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
    const seat = values.seat === undefined ? {} : { seat: (await findSeat(api, values.seat)).id };
    const made = await api.call('POST', '/sessions', session, { template, ...seat });
    if (values.json) return context.print(`${JSON.stringify(made)}\n`);
    printRecords(context, [made], { json: false, columns });
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
    const found = args.map(
      (wanted) => live.find(({ id, username }) => id === wanted || username === wanted)?.id ?? wanted,
    );
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
  run: async ({ args: [id, seat = ''], values }, context) => {
    const api = context.api();
    const body = { seat: (await findSeat(api, seat)).id };
    const moved = await api.call('POST', `${pathOf(id)}/move`, session, body);
    printRecords(context, [moved], { json: values.json, columns });
  },
});

/** Who has which desktop. */
export const sessionCommands: readonly Command[] = [list, show, start, end, move];

function pathOf(id = ''): string {
  return `/sessions/${encodeURIComponent(id)}`;
}
