import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError } from '@homeroom/protocol';

const refuse = () => Promise.reject(new HomeroomError('not_found'));
const reached = async () => ({ seats: [] });
const empty = { page: async () => ({ items: [], next: null }), get: async () => undefined };

type Attention = Pick<
  Services,
  | 'roomControls'
  | 'roomMessages'
  | 'fileShelf'
  | 'fileRounds'
  | 'hostExchange'
  | 'roundArchive'
  | 'handOutMaxBytes'
>;

/** Rooms whose screens do as they are told, where nothing is said and no file is kept. */
export function fakeAttention(): Attention {
  return {
    roomControls: { lock: reached, open: reached, mute: reached },
    roomMessages: { ...empty, send: refuse, withdraw: refuse, shown: refuse, read: refuse },
    fileShelf: { receive: refuse, discard: async () => undefined },
    fileRounds: { ...empty, handOut: refuse, collect: refuse, retry: refuse },
    hostExchange: { handedOut: refuse, refuseUnasked: refuse, take: refuse, maxTarBytes: 1_000 },
    roundArchive: { of: refuse },
    handOutMaxBytes: 1_000,
  };
}
