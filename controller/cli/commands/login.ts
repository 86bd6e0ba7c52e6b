import { hostname } from 'node:os';
import type { ApiToken } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command, CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';
import { originOf } from '../login/login-file.ts';
import { readServerAuthority } from '../login/server-authority.ts';
import { makeToken } from '../login/sign-in-client.ts';
import { checkedUrl } from '../open-api.ts';
import { lifeOf } from './api-token-commands.ts';

/** Areas that the commands of this program change; what a token of these makes anew may do no more than it may itself. */
const changed = [
  ...['devices', 'rooms', 'seats', 'templates', 'pools', 'sessions', 'users', 'groups', 'lessons', 'hosts'],
  // To withdraw its own token at the end.
  ...['join-tokens', 'tokens'],
];
const usualScopes = [
  ...changed.map((area) => `${area}:write`),
  ...['audit', 'status', 'me'].map((area) => `${area}:read`),
];
const usualLifeS = 30 * 24 * 3600;

/** Sign in to a controller. */
export const login: Command = defineCommand({
  name: 'login',
  summary: 'sign in to a controller and keep a token of limited scope for its commands',
  arguments: ['url'],
  options: {
    username: { type: 'string', value: 'U', description: 'whose account; without it, it is asked for' },
    scope: {
      type: 'string',
      value: 'SCOPE',
      multiple: true,
      description: 'what the token may do; without it, what these commands need',
    },
    expires: {
      type: 'string',
      value: 'T',
      description: 'how long it is good for: 12h, 30d, …; 30d without it',
    },
    fingerprint: {
      type: 'string',
      value: 'HEX',
      description: 'SHA-256 of the controller’s own authority, to trust it without being asked',
    },
  },
  about:
    'Asks for the password (and the code of a second step) and keeps nothing of them: what is kept is an API token that may do what these commands need, in homeroom/logins.json of your configuration folder ($XDG_CONFIG_HOME, ~/.config), readable by you alone. Where no public authority vouches for the controller, its fingerprint is shown once to be compared; GET /api/v1/status and every join token tell it. Without a terminal the password is read from the standard input.',
  run: async ({ args: [given = ''], values }, context) => {
    const url = originOf(checkedUrl(given, ['http:', 'https:']));
    const caPem = await authorityOf(url, values.fingerprint, context);
    const username = values.username ?? (await context.ask('User name: '));
    const password = await context.ask(`Password of ${username}: `, { isSecret: true });
    const trust = { certificates: caPem === null ? [] : [caPem], isPinned: caPem !== null };
    const made = await makeToken(
      { url, trust, username, password, askCode: () => context.ask('Code of your second step: ') },
      {
        note: `homeroom command on ${hostname()}`,
        scopes: values.scope.length > 0 ? [...values.scope] : usualScopes,
        expiresInS: values.expires === undefined ? usualLifeS : lifeOf(values.expires),
      },
    );
    await context.logins.keep(url, { ...kept(made), caPem });
    context.tell(`Signed in to ${url} as ${made.username}, until ${made.expiresAt ?? 'it is withdrawn'}.\n`);
  },
});

function kept({ id, token, username, scopes, expiresAt }: ApiToken) {
  if (token === undefined) throw new CliFault(exitCodes.failed, 'The controller told no token.');
  return { id, token, username, scopes, expiresAt };
}

/** @returns the authority to trust from now on; null where public ones do, or there is no TLS */
async function authorityOf(
  url: string,
  expected: string | undefined,
  context: CommandContext,
): Promise<string | null> {
  if (url.startsWith('http:')) return null;
  const { isPublic, caPem, sha256 } = await readServerAuthority(url);
  if (isPublic && expected === undefined) return null;
  if (expected !== undefined) {
    if (expected.replaceAll(':', '').toLowerCase() === sha256) return caPem;
    throw new CliFault(
      exitCodes.failed,
      `The server’s fingerprint is another one: ${sha256}. Nothing was sent.`,
    );
  }
  if (!context.isAttended) {
    const message = `No public authority vouches for ${url}. Compare this and say it: --fingerprint ${sha256}`;
    throw new CliFault(exitCodes.failed, message);
  }
  context.tell(`No public authority vouches for ${url}. The fingerprint of its own is\n  ${sha256}\n`);
  const answer = await context.ask('Is it the right one? [yes/no] ');
  if (/^y(es)?$/i.test(answer.trim())) return caPem;
  throw new CliFault(exitCodes.failed, 'Nothing was sent.');
}
