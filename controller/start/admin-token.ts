import { type ListedUser, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Accounts } from '../accounts/accounts.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';

export interface AdminTokenOptions {
  readonly path: string;
  readonly accounts: Pick<Accounts, 'authenticateBearer' | 'createToken'>;
  readonly users: { firstAdmin(): Promise<ListedUser | undefined> };
  readonly logger: Logger;
}

/**
 * Keep a bearer token of an admin in a file that only the owner reads: the `homeroom` command on
 * this machine uses it. Without an admin, or without a place to write, there is none, and the log says so.
 */
export async function ensureAdminToken({ path, accounts, users, logger }: AdminTokenOptions): Promise<void> {
  const kept = await readSecretFile(path);
  if (kept && (await accounts.authenticateBearer(kept))) return;
  const admin = await users.firstAdmin();
  if (!admin) {
    logger.warn({ path }, 'there is no admin, so the homeroom command gets no token');
    return;
  }
  const token = await accounts.createToken(admin.id, 'the homeroom command on the controller’s machine');
  try {
    await writeSecretFile(path, token);
  } catch (caught) {
    logger.warn({ err: toError(caught), path }, 'the token of the homeroom command could not be written');
  }
}
