import { toError } from '@homeroom/protocol';
import * as v from 'valibot';
import { ApiClient } from '../api-client.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../define-command.ts';

/** Forget a controller's token. */
export const logout: Command = defineCommand({
  name: 'logout',
  summary: 'withdraw the token that `homeroom login` got, and forget it',
  arguments: ['[url]'],
  about:
    'Without a URL it is the controller signed in to last. The token is forgotten here even when the controller cannot be reached; it is worth nothing after its time.',
  run: async ({ args: [url] }, { logins, server, tell }) => {
    const found = logins.find(url ?? server);
    if (!found) return tell('There is no such login.\n');
    await logins.forget(found.url);
    const { token, id, caPem } = found.login;
    const trust = { certificates: caPem === null ? [] : [caPem], isPinned: caPem !== null };
    try {
      await new ApiClient({ url: found.url, token, trust }).call('DELETE', `/tokens/${id}`, v.undefined());
      tell(`Signed out of ${found.url}; its token is withdrawn.\n`);
    } catch (caught) {
      tell(`Signed out of ${found.url}. Its token was not withdrawn: ${toError(caught).message}\n`);
    }
  },
});
