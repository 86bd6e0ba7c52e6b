import type { SeatOutcomes } from '@homeroom/protocol';
import { toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { useToast } from '../toasts/toast-provider.tsx';
import { seatsOutcome } from './seats-outcome.ts';

/** What a room can be asked for as a whole. */
export type RoomAsking =
  | { readonly path: 'lock' | 'mute'; readonly body: { readonly on: boolean } }
  | { readonly path: 'open'; readonly body: { readonly url: string | null } };

/**
 * @param names of the seats where a device stands, by their ids
 * @returns a function that asks the whole room for something and tells what came of it; it answers whether it was taken
 */
export function useRoomAttention(
  room: string,
  names: ReadonlyMap<string, string>,
): (asking: RoomAsking, asked: string) => Promise<boolean> {
  const toast = useToast();
  return async ({ path, body }, asked) => {
    try {
      const outcomes = await request<SeatOutcomes>('POST', `rooms/${room}/${path}`, { body });
      toast(seatsOutcome(outcomes, names, asked));
      return true;
    } catch (caught) {
      const { title, remedy } = toApiError(caught);
      toast({ tone: 'bad', title, text: remedy });
      return false;
    }
  };
}
