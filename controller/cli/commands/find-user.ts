import { type ListedUser, listedUser } from '@homeroom/protocol';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';

/** @returns the user of that name. @throws CliFault that says which command lists them */
export async function findUser(api: ApiClient, username: string): Promise<ListedUser> {
  const items = await api.list('/users', listedUser);
  const found = items.find((candidate) => candidate.username === username.trim().toLowerCase());
  if (found) return found;
  const message = `There is no user ${username}; \`homeroom users list\` shows everybody.`;
  throw new CliFault(exitCodes.failed, message);
}
