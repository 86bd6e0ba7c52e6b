import { decodeMessage, type RelayState, topics } from '@homeroom/protocol';
import type { RelayDialect } from './relay-dialect.ts';

/**
 * Homeroom's own topics (docs/mqtt-topics.md): the Ethernet relay board, a simulated power strip, or whatever a flow
 * bridges. Its state is retained; its will says that it is away. It tells its state by itself when it connects.
 */
export const board: RelayDialect = {
  read(own, topic, payload) {
    if (topic !== topics.relayState(own)) return undefined;
    const decoded = decodeMessage(topic, payload);
    if (!decoded.ok) return undefined;
    // Checked by the schema of this very topic.
    const { online, channels } = decoded.value as RelayState;
    return {
      isOnline: online,
      channels: online ? channels.map(({ on, byHand }, channel) => ({ channel, on, isByHand: byHand })) : [],
    };
  },
  switch: (own, { id, issuedAt, ttlMs, channel, on, pulseMs }) => ({
    topic: topics.relayCommand(own),
    payload: { id, issuedAt, ttlMs, channel, on, ...(pulseMs === undefined ? {} : { pulseMs }) },
  }),
  ask: () => [],
};
