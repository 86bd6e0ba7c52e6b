import * as v from 'valibot';
import { createFirstPassword } from '../../accounts/first-password.ts';
import type { Command } from '../command.ts';
import { parseArguments } from '../parse-arguments.ts';
import { findUser } from './find-user.ts';

/** Give a user a new password: the way back in when the first one was lost. */
export const password: Command = {
  name: 'password',
  summary: 'give a user a new password, printed once',
  usage: `homeroom password <username>

Makes a new random password for the user and prints it. Every sign-in of the user ends, and a session at a seat.
`,
  run: async (args, { api, print }) => {
    const { positionals } = parseArguments(args, {}, 1);
    const { id } = await findUser(api(), positionals[0] ?? '');
    const made = createFirstPassword();
    await api().call('PUT', `/users/${id}/password`, v.undefined(), { password: made });
    print(`${made}\n`);
  },
};
