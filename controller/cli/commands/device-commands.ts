import { commandAnswer, commands, type Device, device } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../option-rule.ts';
import { findRoom } from './find-place.ts';
import { pickRecord } from './pick-record.ts';
import { printRecord, printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'devices list',
  summary: 'show every device: whether it is connected, where it stands, what is wrong with it',
  options: {
    room: { type: 'string', value: 'R', description: 'those of one room, by name or id' },
    json: jsonOption,
  },
  run: async ({ values }, context) => {
    const api = context.api();
    const query = values.room === undefined ? '' : `?room=${(await findRoom(api, values.room)).id}`;
    printRecords(context, await api.list(`/devices${query}`, device), {
      json: values.json,
      columns: {
        id: ({ id }) => id,
        name: ({ name }) => name,
        state: ({ connection }) => connection,
        since: ({ since }) => since,
        'runs desktops': ({ host, hostConsent }) => (host ? (hostConsent ?? 'asks') : null),
        alerts: ({ alerts }) => alerts.map(({ code }) => code).join(' '),
      },
    });
  },
});

const show = defineCommand({
  name: 'devices show',
  summary: 'show everything about one device',
  arguments: ['device'],
  options: { json: jsonOption },
  run: async ({ args, values }, context) => printRecord(context, await findDevice(context, args[0]), values),
});

const command = defineCommand({
  name: 'devices command',
  summary: 'have a device do something once, as identify or reboot',
  arguments: ['device', 'command'],
  options: {
    args: {
      type: 'string',
      value: 'JSON',
      description: 'what the command takes, as docs/mqtt-topics.md tells',
    },
    json: jsonOption,
  },
  about: `Sends a command to a device and waits for its answer. Commands: ${Object.keys(commands).join(', ')}.`,
  run: async ({ args: [wanted, name], values }, context) => {
    const { id } = await findDevice(context, wanted);
    const body = { name, args: parseArguments(values.args ?? '{}') };
    const { data } = await context.api().call('POST', `/devices/${id}/commands`, commandAnswer, body);
    if (values.json) return context.print(`${JSON.stringify(data)}\n`);
    if (Object.keys(data).length > 0) return printRecord(context, data, values);
    context.print(`${id} has done it.\n`);
  },
});

/** Everything about devices. */
export const deviceCommands: readonly Command[] = [
  list,
  show,
  command,
  consent({ verb: 'allow', summary: 'let a device run desktops of users', host: true }),
  consent({ verb: 'refuse', summary: 'let a device run no new desktops; those that run go on', host: false }),
];

function consent({ verb, summary, host }: { verb: string; summary: string; host: boolean }): Command {
  return defineCommand({
    name: `devices ${verb}`,
    summary,
    arguments: ['device'],
    run: async ({ args }, context) => {
      const { id, name } = await findDevice(context, args[0]);
      await context.api().call('PATCH', `/devices/${id}`, device, { host });
      context.print(`${name} (${id}) ${host ? 'may run desktops' : 'runs no new desktops'}.\n`);
    },
  });
}

async function findDevice(context: CommandContext, wanted = ''): Promise<Device> {
  return pickRecord(await context.api().list('/devices', device), wanted, { kind: 'device' });
}

function parseArguments(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (caught) {
    throw new CliFault(exitCodes.usage, `--args ${text}: JSON is needed, as {"seconds": 5}.`, {
      cause: caught,
    });
  }
}
