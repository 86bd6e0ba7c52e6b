import { type Group, group, listedUser } from '@homeroom/protocol';
import * as v from 'valibot';
import type { ApiClient } from '../api-client.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { findUser } from './find-user.ts';
import { pickRecord } from './pick-record.ts';
import { printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'groups list',
  summary: 'show every group',
  options: { json: jsonOption },
  run: async ({ values: { json } }, context) =>
    printRecords(context, await context.api().list('/groups', group), {
      json,
      columns: {
        id: ({ id }: Group) => id,
        name: ({ name }: Group) => name,
        members: ({ members }: Group) => members,
        'kept by': ({ source }: Group) => source,
        templates: ({ templates }: Group) => templates.join(' '),
      },
    }),
});

const create = defineCommand({
  name: 'groups create',
  summary: 'make a group',
  arguments: ['name'],
  run: async ({ args: [name] }, context) => {
    const made = await context.api().call('POST', '/groups', group, { name });
    context.print(`${made.name} is made (${made.id}).\n`);
  },
});

const members = defineCommand({
  name: 'groups members',
  summary: 'show who belongs to a group',
  arguments: ['group'],
  options: { json: jsonOption },
  run: async ({ args: [wanted = ''], values: { json } }, context) => {
    const api = context.api();
    const { id } = await findGroup(api, wanted);
    printRecords(
      context,
      await api.list(`/groups/${id}/members`, v.pick(listedUser, ['username', 'displayName', 'role'])),
      {
        json,
        columns: {
          'user name': ({ username }) => username,
          role: ({ role }) => role,
          name: ({ displayName }) => displayName,
        },
      },
    );
  },
});

const add = defineCommand({
  name: 'groups add',
  summary: 'add people to a group',
  arguments: ['group', 'user...'],
  run: async ({ args: [wanted = '', ...usernames] }, context) => {
    const api = context.api();
    const { id, name } = await findGroup(api, wanted);
    const users: string[] = [];
    for (const username of usernames) users.push((await findUser(api, username)).id);
    await api.call('POST', `/groups/${id}/members`, v.unknown(), { users });
    context.print(`${usernames.join(', ')} ${usernames.length === 1 ? 'is' : 'are'} in ${name}.\n`);
  },
});

const remove = defineCommand({
  name: 'groups remove',
  summary: 'take a person out of a group',
  arguments: ['group', 'user'],
  run: async ({ args: [wanted = '', username = ''] }, context) => {
    const api = context.api();
    const { id, name } = await findGroup(api, wanted);
    const user = await findUser(api, username);
    await api.call('DELETE', `/groups/${id}/members/${user.id}`, v.unknown());
    context.print(`${user.username} is not in ${name} any more.\n`);
  },
});

/** People who have something in common. */
export const groupCommands: readonly Command[] = [list, create, members, add, remove];

async function findGroup(api: ApiClient, wanted: string): Promise<Group> {
  return pickRecord(await api.list('/groups', group), wanted, { kind: 'group' });
}
