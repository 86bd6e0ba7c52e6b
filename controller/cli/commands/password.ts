import * as v from 'valibot';
import { createFirstPassword } from '../../accounts/first-password.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { findUser } from './find-user.ts';

/** Give a user a new password: the way back in when the first one was lost. */
export const password: Command = defineCommand({
  name: 'password',
  summary: 'give a user a new password, printed once',
  arguments: ['username'],
  about:
    'Makes a new random password for the user and prints it. Every sign-in of the user ends, and a session at a seat.',
  run: async ({ args: [username = ''] }, { api, print }) => {
    const { id } = await findUser(api(), username);
    const made = createFirstPassword();
    await api().call('PUT', `/users/${id}/password`, v.undefined(), { password: made });
    print(`${made}\n`);
  },
});
