import { type CreateJoinTokenRequest, joinToken, room } from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseArguments } from '../parse-arguments.ts';

const options = {
  room: { type: 'string' },
  host: { type: 'boolean', default: false },
  uses: { type: 'string' },
  expires: { type: 'string' },
  note: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Make a join token. */
export const tokenCreate: Command = {
  name: 'token create',
  summary: 'make a join token for new devices',
  usage: `homeroom token create [--room R] [--host] [--uses N] [--expires 24h] [--note TEXT] [--json]

Prints the join token; give it to a new device as HOMEROOM_JOIN_TOKEN. It is shown this once.

  --room R       devices that come by it get the next free seat of this room (its name or id)
  --host         devices that come by it may run desktops of users; without it an admin is asked
  --uses N       how many devices may come by it; without it, any number
  --expires T    90s, 30m, 24h, 7d; without it, never
  --note TEXT    what lists show beside it
  --json         print everything about it as one line of JSON
`,
  run: async (args, { api, print }) => {
    const { values } = parseArguments(args, options);
    const request: CreateJoinTokenRequest = {
      ...(values.note === undefined ? {} : { note: values.note }),
      ...(values.host ? { host: true } : {}),
      ...(values.uses === undefined ? {} : { uses: usesOf(values.uses) }),
      ...(values.expires === undefined ? {} : { expiresInS: secondsOf(values.expires) }),
      ...(values.room === undefined ? {} : { room: await roomIdOf(api(), values.room) }),
    };
    const made = await api().call('POST', '/join-tokens', joinToken, request);
    print(values.json ? `${JSON.stringify(made)}\n` : `${made.token ?? ''}\n`);
  },
};

function usesOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new CliFault(exitCodes.usage, `--uses ${text}: a number from 1 to 10000 is needed.`);
}

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new CliFault(exitCodes.usage, `--expires ${text}: a span such as 30m, 24h or 7d is needed.`);
}

async function roomIdOf(api: ApiClient, nameOrId: string): Promise<string> {
  const items = await api.list('/rooms', room);
  const found = items.find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (found) return found.id;
  const known = items.map(({ name }) => name).join(', ') || 'none';
  throw new CliFault(exitCodes.failed, `There is no room ${nameOrId}; there are: ${known}.`);
}
