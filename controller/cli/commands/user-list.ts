import { listedUser } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { parseArguments } from '../parse-arguments.ts';
import { formatTable } from '../table.ts';

/** Show everybody who has an account. */
export const userList: Command = {
  name: 'user list',
  summary: 'show everybody who has an account',
  usage: `homeroom user list [--json]

  --json    print them as one line of JSON
`,
  run: async (args, { api, print }) => {
    const { values } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const items = await api().list('/users', listedUser);
    if (values.json) return print(`${JSON.stringify(items)}\n`);
    const rows = items.map(({ username, displayName, role, disabled }) => [
      username,
      role,
      disabled ? 'disabled' : 'may sign in',
      displayName,
    ]);
    print(formatTable(['user name', 'role', 'state', 'name'], rows));
  },
};
