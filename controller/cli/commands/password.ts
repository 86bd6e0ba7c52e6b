import { listOf, user } from '@homeroom/protocol';
import * as v from 'valibot';
import { createFirstPassword } from '../../accounts/first-password.ts';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseArguments } from '../parse-arguments.ts';

/** Give a user a new password: the way back in when the first one was lost. */
export const password: Command = {
  name: 'password',
  summary: 'give a user a new password, printed once',
  usage: `homeroom password <username>

Makes a new random password for the user and prints it. Every sign-in of the user ends.
`,
  run: async (args, { api, print }) => {
    const { positionals } = parseArguments(args, {}, 1);
    const username = positionals[0] ?? '';
    const { items } = await api().call('GET', '/users', listOf(user));
    const found = items.find((candidate) => candidate.username === username);
    if (!found) throw new CliFault(exitCodes.failed, `there is no user ${username}`);
    const made = createFirstPassword();
    await api().call('PUT', `/users/${found.id}/password`, v.undefined(), { password: made });
    print(`${made}\n`);
  },
};
