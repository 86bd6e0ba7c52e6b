import { type ListedUser, listedUser, type Room, room, type Seat, seat } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { findRoom } from './find-place.ts';
import { findUser } from './find-user.ts';
import { printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'rooms list',
  summary: 'show every room',
  options: { json: jsonOption },
  run: async ({ values: { json } }, context) =>
    printRecords(context, await context.api().list('/rooms', room), {
      json,
      columns: {
        id: ({ id }: Room) => id,
        name: ({ name }: Room) => name,
        seats: ({ seats }: Room) => seats,
      },
    }),
});

const create = defineCommand({
  name: 'rooms create',
  summary: 'make a room',
  arguments: ['name'],
  options: {
    seats: { type: 'string', value: 'N', description: 'with so many seats, Seat 1 and on' },
    json: jsonOption,
  },
  run: async ({ args: [name], values }, context) => {
    const api = context.api();
    const made = await api.call('POST', '/rooms', room, { name });
    const count = Number(values.seats ?? 0);
    for (let number = 1; number <= count; number += 1)
      await api.call('POST', `/rooms/${made.id}/seats`, seat, { name: `Seat ${number}` });
    if (values.json) return context.print(`${JSON.stringify({ ...made, seats: count })}\n`);
    context.print(`${made.name} is made (${made.id}), with ${count} seats.\n`);
  },
});

const seats = defineCommand({
  name: 'rooms seats',
  summary: 'show the seats of a room, or make one more',
  arguments: ['room'],
  options: {
    add: { type: 'string', value: 'NAME', description: 'make a seat of this name first' },
    json: jsonOption,
  },
  run: async ({ args: [wanted = ''], values }, context) => {
    const api = context.api();
    const { id } = await findRoom(api, wanted);
    if (values.add !== undefined) await api.call('POST', `/rooms/${id}/seats`, seat, { name: values.add });
    printRecords(context, await api.list(`/seats?room=${id}`, seat), {
      json: values.json,
      columns: {
        id: (each: Seat) => each.id,
        name: ({ name }: Seat) => name,
        device: ({ device }: Seat) => device,
        session: ({ session }: Seat) => session,
        guests: ({ guest }: Seat) => (guest ? guest.template : null),
      },
    });
  },
});

const teachers = defineCommand({
  name: 'rooms teachers',
  summary: 'show whose room it is, or change that',
  about: 'Teachers see and run their own rooms; admins may use every room.',
  arguments: ['room'],
  options: {
    add: { type: 'string', value: 'USER', multiple: true, description: 'give the room to this teacher, too' },
    remove: { type: 'string', value: 'USER', multiple: true, description: 'take it away from this one' },
    json: jsonOption,
  },
  run: async ({ args: [wanted = ''], values }, context) => {
    const api = context.api();
    const found = await findRoom(api, wanted);
    const idsOf = async (usernames: readonly string[]) =>
      new Set(await Promise.all(usernames.map(async (username) => (await findUser(api, username)).id)));
    const [added, removed] = await Promise.all([idsOf(values.add), idsOf(values.remove)]);
    const chosen = [...new Set([...found.teachers, ...added])].filter((id) => !removed.has(id));
    const isChange = added.size + removed.size > 0;
    if (isChange) await api.call('PUT', `/rooms/${found.id}/teachers`, room, { teachers: chosen });
    const people = await api.list('/users', listedUser);
    printRecords(
      context,
      people.filter(({ id }) => chosen.includes(id)),
      {
        json: values.json,
        columns: {
          name: ({ username }: ListedUser) => username,
          'display name': ({ displayName }: ListedUser) => displayName,
        },
      },
    );
  },
});

/** Rooms, their seats and their teachers. */
export const roomCommands: readonly Command[] = [list, create, seats, teachers];
