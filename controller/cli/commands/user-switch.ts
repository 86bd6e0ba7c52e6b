import { listedUser } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { parseArguments } from '../parse-arguments.ts';
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
  return {
    name: `user ${verb}`,
    summary,
    usage: `homeroom user ${verb} <username>

The user name is one of those that \`homeroom user list\` shows.
`,
    run: async (args, { api, print }) => {
      const { positionals } = parseArguments(args, {}, 1);
      const { id, username } = await findUser(api(), positionals[0] ?? '');
      await api().call('PATCH', `/users/${id}`, listedUser, { disabled });
      print(`${username} is ${verb}d.\n`);
    },
  };
}
