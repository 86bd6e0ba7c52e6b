import { listedUser } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { findUser } from './find-user.ts';

/** Let nobody sign in as a user any more. */
export const userDisable: Command = userSwitch({
  verb: 'disable',
  summary: 'sign a user out everywhere and let them in no more; files are kept',
  disabled: true,
});

/** Let a disabled user sign in again. */
export const userEnable: Command = userSwitch({
  verb: 'enable',
  summary: 'let a disabled user sign in again',
  disabled: false,
});

function userSwitch({
  verb,
  summary,
  disabled,
}: {
  verb: string;
  summary: string;
  disabled: boolean;
}): Command {
  return defineCommand({
    name: `users ${verb}`,
    summary,
    arguments: ['username'],
    about: 'The user name is one of those that `homeroom users list` shows.',
    run: async ({ args: [wanted = ''] }, { api, print }) => {
      const { id, username } = await findUser(api(), wanted);
      await api().call('PATCH', `/users/${id}`, listedUser, { disabled });
      print(`${username} is ${verb}d.\n`);
    },
  });
}
