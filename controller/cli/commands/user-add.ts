import { type CreateUserRequest, createdUser, roles } from '@homeroom/protocol';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseArguments } from '../parse-arguments.ts';

const options = {
  name: { type: 'string' },
  role: { type: 'string', default: 'student' },
} as const;

/** Make an account. */
export const userAdd: Command = {
  name: 'user add',
  summary: 'make an account; its password is printed once',
  usage: `homeroom user add <username> [--name TEXT] [--role student]

Makes an account with a random password and prints the password. It is shown this once.

  --name TEXT    the name that others read; without it, the user name
  --role R       student, teacher or admin
`,
  run: async (args, { api, print }) => {
    const { values, positionals } = parseArguments(args, options, 1);
    const request: CreateUserRequest = {
      username: positionals[0] ?? '',
      role: roleOf(values.role),
      ...(values.name === undefined ? {} : { displayName: values.name }),
    };
    const made = await api().call('POST', '/users', createdUser, request);
    print(`${made.password ?? ''}\n`);
  },
};

function roleOf(text: string): CreateUserRequest['role'] {
  const role = roles.find((each) => each === text);
  if (role) return role;
  throw new CliFault(exitCodes.usage, `--role ${text}: one of ${roles.join(', ')} is needed.`);
}
