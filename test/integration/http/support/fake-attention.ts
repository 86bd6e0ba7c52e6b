import type { Services } from '@homeroom/controller/http/services.ts';
import { HomeroomError } from '@homeroom/protocol';

const refuse = () => Promise.reject(new HomeroomError('not_found'));
const reached = async () => ({ seats: [] });

/** Rooms whose screens do as they are told, and where nothing is said. */
export function fakeAttention(): Pick<Services, 'roomControls' | 'roomMessages'> {
  return {
    roomControls: { lock: reached, open: reached, mute: reached },
    roomMessages: {
      send: refuse,
      page: async () => ({ items: [], next: null }),
      get: async () => undefined,
      withdraw: refuse,
      shown: refuse,
      read: refuse,
    },
  };
}
