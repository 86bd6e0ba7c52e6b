import { type RelayState, topics } from '@homeroom/protocol';
import type { RelayDialect, RelayWord } from './relay-dialect.ts';

/**
 * Homeroom's own topics (docs/mqtt-topics.md): the Ethernet relay board, a simulated power strip, or whatever a flow
 * bridges. Its state is retained, and told by itself when it connects; its will says that it is away.
 */
export const board: Pick<RelayDialect, 'switch' | 'ask'> = {
  switch: (own, { id, issuedAt, ttlMs, channel, on, pulseMs }) => ({
    topic: topics.relayCommand(own),
    payload: { id, issuedAt, ttlMs, channel, on, ...(pulseMs === undefined ? {} : { pulseMs }) },
  }),
  ask: () => [],
};

/** @returns what a board's state says; it was checked by its schema */
export function wordOfBoard({ online, channels }: RelayState): RelayWord {
  if (!online) return { isOnline: false, channels: [] };
  return {
    isOnline: true,
    channels: channels.map(({ on, byHand }, channel) => ({ channel, on, isByHand: byHand })),
  };
}
