import { joinToken } from '@homeroom/protocol';
import * as v from 'valibot';
import { CliFault } from '../cli-fault.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { exitCodes } from '../exit-codes.ts';

/** Withdraw a join token. */
export const tokenWithdraw: Command = defineCommand({
  name: 'token withdraw',
  summary: 'withdraw a join token; devices that came by it stay',
  arguments: ['id'],
  about: 'The id is the one that `homeroom token list` shows.',
  run: async ({ args: [id = ''] }, { api, print }) => {
    const items = await api().list('/join-tokens', joinToken);
    if (!items.some((token) => token.id === id)) {
      const message = `There is no join token ${id}; \`homeroom token list\` shows them all.`;
      throw new CliFault(exitCodes.failed, message);
    }
    await api().call('DELETE', `/join-tokens/${encodeURIComponent(id)}`, v.undefined());
    print(`${id} is withdrawn.\n`);
  },
});
