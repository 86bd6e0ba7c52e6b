import { type CreateUserRequest, createdUser, roles } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';

/** Make an account. */
export const userAdd: Command = defineCommand({
  name: 'users add',
  summary: 'make an account; its password is printed once',
  arguments: ['username'],
  options: {
    name: { type: 'string', description: 'the name that others read; without it, the user name' },
    role: { type: 'string', value: 'R', choices: roles, description: 'what they may; student without it' },
  },
  about: 'Makes an account with a random password and prints the password. It is shown this once.',
  run: async ({ args: [username = ''], values }, { api, print }) => {
    const request: CreateUserRequest = {
      username,
      role: roles.find((each) => each === values.role) ?? 'student',
      ...(values.name === undefined ? {} : { displayName: values.name }),
    };
    const made = await api().call('POST', '/users', createdUser, request);
    print(`${made.password ?? ''}\n`);
  },
});
