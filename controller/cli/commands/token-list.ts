import { joinToken } from '@homeroom/protocol';
import type { Command } from '../command.ts';
import { parseArguments } from '../parse-arguments.ts';
import { formatTable } from '../table.ts';

/** Show the join tokens, without their secrets. */
export const tokenList: Command = {
  name: 'token list',
  summary: 'show the join tokens, without their secrets',
  usage: `homeroom token list [--json]

  --json    print them as one line of JSON
`,
  run: async (args, { api, print }) => {
    const { values } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const items = await api().list('/join-tokens', joinToken);
    if (values.json) return print(`${JSON.stringify(items)}\n`);
    const rows = items.map((token) => [
      token.id,
      token.withdrawnAt ? 'withdrawn' : (token.usesLeft?.toString() ?? 'any'),
      token.expiresAt ?? 'never',
      token.host ? 'yes' : 'no',
      token.note ?? '',
    ]);
    print(formatTable(['id', 'uses left', 'expires', 'may host', 'note'], rows));
  },
};
