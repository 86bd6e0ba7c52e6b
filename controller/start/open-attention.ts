import type { Logger } from 'pino';
import { AttentionReconciler } from '../attention/attention-reconciler.ts';
import { FileCarrier } from '../attention/files/file-carrier.ts';
import { FileKeeper } from '../attention/files/file-keeper.ts';
import { FileRounds } from '../attention/files/file-rounds.ts';
import { FileShelf } from '../attention/files/file-shelf.ts';
import { HostExchange } from '../attention/files/host-exchange.ts';
import { RoundArchive } from '../attention/files/round-archive.ts';
import { RoomControls } from '../attention/room-controls.ts';
import { RoomMessages } from '../attention/room-messages.ts';
import type { Config } from '../config-keys.ts';
import type { DeviceCommands } from '../fleet/ports.ts';
import type { Services } from '../http/services.ts';
import type { Store } from './open-store.ts';

/** What HTTP asks of the room of attention. */
export type OpenAttention = Pick<
  Services,
  | 'roomControls'
  | 'roomMessages'
  | 'fileShelf'
  | 'fileRounds'
  | 'hostExchange'
  | 'roundArchive'
  | 'handOutMaxBytes'
>;

export interface AttentionOptions extends Pick<Store, 'db' | 'changes'> {
  readonly config: Pick<Config, 'filesKeepDays' | 'handOutMaxMib' | 'collectMaxMib'>;
  /** The folder for files, absolute. */
  readonly filesDir: string;
}

/** Put together what teachers do to a room at once. */
export function openAttention(options: AttentionOptions): OpenAttention {
  const { db, config, filesDir } = options;
  const shelf = new FileShelf({ dir: filesDir });
  return {
    roomControls: new RoomControls(options),
    roomMessages: new RoomMessages(options),
    fileShelf: shelf,
    fileRounds: new FileRounds({ ...options, shelf }),
    hostExchange: new HostExchange({ db, shelf, collectMaxMiB: config.collectMaxMib }),
    roundArchive: new RoundArchive({ db, shelf }),
    handOutMaxBytes: config.handOutMaxMib * 2 ** 20,
  };
}

export interface AttentionPartsOptions extends Omit<AttentionOptions, 'filesDir'> {
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly logger: Logger;
}

/** What works by itself: ends what is over, has hosts carry files. */
export function attentionParts({ config, ...options }: AttentionPartsOptions) {
  return [
    new AttentionReconciler(options),
    new FileCarrier({ ...options, collectMaxMiB: config.collectMaxMib }),
  ];
}

/** Removes files whose time is over. */
export function fileKeeper({
  db,
  config,
  filesDir,
  logger,
}: Omit<AttentionOptions, 'changes'> & { logger: Logger }) {
  return new FileKeeper({
    db,
    logger,
    shelf: new FileShelf({ dir: filesDir }),
    keepDays: config.filesKeepDays,
  });
}
