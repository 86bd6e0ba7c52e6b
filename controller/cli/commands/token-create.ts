import { type CreateJoinTokenRequest, joinToken } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { findRoom } from './find-place.ts';

const options = {
  room: {
    type: 'string',
    value: 'R',
    description: 'devices that come by it get the next free seat of this room (its name or id)',
  },
  host: {
    type: 'boolean',
    description: 'devices that come by it may run desktops of users; without it an admin is asked',
  },
  uses: {
    type: 'string',
    value: 'N',
    description: 'how many devices may come by it; without it, any number',
  },
  expires: { type: 'string', value: 'T', description: '90s, 30m, 24h, 7d; without it, never' },
  note: { type: 'string', description: 'what lists show beside it' },
  json: { type: 'boolean', description: 'print everything about it as one line of JSON' },
} as const;

/** Make a join token. */
export const tokenCreate: Command = defineCommand({
  name: 'token create',
  summary: 'make a join token for new devices',
  options,
  about: 'Prints the join token; give it to a new device as HOMEROOM_JOIN_TOKEN. It is shown this once.',
  run: async ({ values }, { api, print }) => {
    const request: CreateJoinTokenRequest = {
      ...(values.note === undefined ? {} : { note: values.note }),
      ...(values.host ? { host: true } : {}),
      ...(values.uses === undefined ? {} : { uses: usesOf(values.uses) }),
      ...(values.expires === undefined ? {} : { expiresInS: secondsOf(values.expires) }),
      ...(values.room === undefined ? {} : { room: (await findRoom(api(), values.room)).id }),
    };
    const made = await api().call('POST', '/join-tokens', joinToken, request);
    print(values.json ? `${JSON.stringify(made)}\n` : `${made.token ?? ''}\n`);
  },
});

function usesOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new CliFault(exitCodes.usage, `--uses ${text}: a number from 1 to 10000 is needed.`);
}

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new CliFault(exitCodes.usage, `--expires ${text}: a span such as 30m, 24h or 7d is needed.`);
}
