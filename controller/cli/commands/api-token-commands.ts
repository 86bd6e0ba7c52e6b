import { type ApiToken, apiToken, type CreateApiTokenRequest } from '@homeroom/protocol';
import * as v from 'valibot';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { parseDuration } from '../duration.ts';
import { exitCodes } from '../exit-codes.ts';
import { jsonOption } from '../option-rule.ts';
import { printRecords } from './print-records.ts';

const list = defineCommand({
  name: 'tokens list',
  summary: 'show one’s own API tokens',
  options: { all: { type: 'boolean', description: 'everybody’s, for admins' }, json: jsonOption },
  run: async ({ values }, context) =>
    printRecords(context, await context.api().list(`/tokens?of=${values.all ? 'all' : 'me'}`, apiToken), {
      json: values.json,
      columns: {
        id: ({ id }: ApiToken) => id,
        user: ({ username }: ApiToken) => username,
        note: ({ note }: ApiToken) => note,
        scopes: ({ scopes }: ApiToken) => scopes.join(' '),
        expires: ({ expiresAt, withdrawnAt }: ApiToken) =>
          withdrawnAt ? 'withdrawn' : (expiresAt ?? 'never'),
        'last used': ({ lastUsedAt }: ApiToken) => lastUsedAt,
      },
    }),
});

const create = defineCommand({
  name: 'tokens create',
  summary: 'make an API token for oneself; it is printed once',
  arguments: ['note'],
  options: {
    scope: {
      type: 'string',
      value: 'SCOPE',
      multiple: true,
      description: 'an area with :read or :write, or *; without it, everything',
    },
    expires: { type: 'string', value: 'T', description: '12h, 90d, …; without it, after 90 days' },
    json: jsonOption,
  },
  about:
    'Makes a token for HTTP: `Authorization: Bearer <token>`. It may never do more than oneself. Scopes: `devices:read`, `sessions:write`, …; `:write` includes `:read`.',
  run: async ({ args: [note = ''], values }, context) => {
    const request: CreateApiTokenRequest = {
      note,
      ...(values.scope.length > 0 ? { scopes: [...values.scope] } : {}),
      ...(values.expires === undefined ? {} : { expiresInS: lifeOf(values.expires) }),
    };
    const made = await context.api().call('POST', '/tokens', apiToken, request);
    context.print(values.json ? `${JSON.stringify(made)}\n` : `${made.token ?? ''}\n`);
  },
});

const withdraw = defineCommand({
  name: 'tokens withdraw',
  summary: 'withdraw an API token: it is worth nothing from then on',
  arguments: ['id'],
  run: async ({ args: [id = ''] }, context) => {
    await context.api().call('DELETE', `/tokens/${encodeURIComponent(id)}`, v.undefined());
    context.print(`${id} is withdrawn.\n`);
  },
});

/** One's own API tokens. */
export const apiTokenCommands: readonly Command[] = [list, create, withdraw];

/** @returns seconds @throws CliFault for what is no span */
export function lifeOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new CliFault(exitCodes.usage, `--expires ${text}: a span such as 12h or 90d is needed.`);
}
