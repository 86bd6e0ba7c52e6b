import { type Room, room, type Seat, seat } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { jsonOption } from '../option-rule.ts';
import { findRoom } from './find-place.ts';
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

/** Rooms and their seats. */
export const roomCommands: readonly Command[] = [list, create, seats];
