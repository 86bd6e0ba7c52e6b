import { RoomControls } from '../attention/room-controls.ts';
import { RoomMessages } from '../attention/room-messages.ts';
import type { Services } from '../http/services.ts';
import type { Store } from './open-store.ts';

/** What HTTP asks of the room of attention. */
export type OpenAttention = Pick<Services, 'roomControls' | 'roomMessages'>;

/** Put together what teachers do to a room at once. */
export function openAttention({ db, changes }: Pick<Store, 'db' | 'changes'>): OpenAttention {
  return {
    roomControls: new RoomControls({ db, changes }),
    roomMessages: new RoomMessages({ db, changes }),
  };
}
