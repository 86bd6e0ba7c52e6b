import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeroomError } from '@homeroom/protocol';
import { requireFreeSpace } from './free-space.ts';
import type { ServerPlace } from './server-place.ts';
import { runInit } from './server-process.ts';
import { initArguments } from './server-settings.ts';
import { type Identity, openWay, takeOwnership } from './unprivileged.ts';

/**
 * Make the data folder if there is none, and see that it belongs to whom the server runs as. A new one is
 * made beside its place and moved there when it is whole, so one that was cut off is begun again.
 *
 * @throws disk_full, database_start_failed
 */
export async function prepareDataFolder(
  place: ServerPlace,
  run: { readonly initdb: string; readonly identity: Identity; readonly signal: AbortSignal },
): Promise<void> {
  await openWay(place.parent, run.identity.owner);
  if (!existsSync(join(place.dataFolder, 'PG_VERSION'))) await makeDataFolder(place, run);
  await takeOwnership(place.dataFolder, run.identity.owner);
}

async function makeDataFolder(
  place: ServerPlace,
  { initdb, identity, signal }: { initdb: string; identity: Identity; signal: AbortSignal },
): Promise<void> {
  place.logger.info({ dataFolder: place.dataFolder }, 'making the embedded database');
  const draft = `${place.dataFolder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await takeOwnership(draft, identity.owner);
  const failure = await runInit({
    program: initdb,
    args: initArguments(draft, place.isDurable),
    identity,
    signal,
  });
  if (failure) {
    await requireFreeSpace(place.parent);
    throw new HomeroomError('database_start_failed', failure);
  }
  await rename(draft, place.dataFolder);
}
