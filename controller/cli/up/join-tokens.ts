import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControllerApi } from './controller-api.ts';
import { isUsableJoinToken } from './usable-join-token.ts';

/** How long the host's own token may lie about unused. */
const hostTokenLifetimeS = 3600;

/**
 * The join token for new seats of the first room: the one of the last start while the controller still takes it, else a new one.
 *
 * @param at `dataDir`: where it is kept between starts, for its owner alone; `isBrokerExternal`: an external broker
 *   knows no token of the embedded one, and the other way about
 */
export async function seatJoinToken(
  api: Pick<ControllerApi, 'rooms' | 'joinTokens' | 'createJoinToken'>,
  at: { dataDir: string; isBrokerExternal: boolean; nowMs: number },
): Promise<string> {
  const file = join(at.dataDir, at.isBrokerExternal ? 'join-token-external-broker' : 'join-token');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (kept !== undefined && isUsableJoinToken(kept, await api.joinTokens(), at.nowMs)) return kept;
  const [room] = await api.rooms();
  const token = await api.createJoinToken({ note: 'npm start', ...(room ? { room: room.id } : {}) });
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/** A token for the host of this machine: it may run desktops, and names no room, as a host takes no seat. */
export function hostJoinToken(api: ControllerApi): Promise<string> {
  return api.createJoinToken({
    note: 'host of npm start',
    host: true,
    uses: 1,
    expiresInS: hostTokenLifetimeS,
  });
}
