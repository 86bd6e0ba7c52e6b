import { join } from 'node:path';
import { type Database, openDatabase } from '@homeroom/controller/store/database.ts';
import { readPostmasterPid } from '@homeroom/controller/store/embedded/postmaster-pid.ts';
import { socketUrl } from '@homeroom/controller/store/embedded/socket-folder.ts';
import { silentLogger } from '../../support/postgres.ts';
import type { Installation } from './installation.ts';

/** Open the embedded database beside the controller, for what has no page yet; the caller stops it. */
export async function openInstallationDatabase({ dataDir }: Installation): Promise<Database> {
  const server = await readPostmasterPid(join(dataDir, 'controller/postgres'));
  if (!server) throw new Error('the embedded database does not run');
  const url = socketUrl(server.socketFolder, 'homeroom');
  return openDatabase({ url, maxConnections: 1, logger: silentLogger });
}
