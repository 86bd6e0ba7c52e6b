import { messages } from '@homeroom/protocol';

/** What one connection, or all of them, may use of the embedded broker. */
export interface BrokerLimits {
  readonly maxConnections: number;
  /** A school behind one address translator is one address. */
  readonly maxConnectionsPerAddress: number;
  /** From the first byte to CONNECT. */
  readonly connectTimeoutMs: number;
  /** The longest keep-alive that a client may ask for: a dead device is noticed after 1.5 times that. */
  readonly maxKeepaliveS: number;
  readonly publishesPerSecond: number;
  readonly publishBurst: number;
  /** Our topics have six levels at most. */
  readonly maxTopicLevels: number;
  /** A packet before the credential was checked. */
  readonly maxConnectBytes: number;
  readonly maxPacketBytes: number;
  /** What waits in memory for a slow subscriber; past it, the subscriber is cut off. */
  readonly maxBacklogBytes: number;
  /** How long a subscriber may take nothing at all while something waits for it. */
  readonly drainTimeoutMs: number;
}

const largestPayload = Math.max(...Object.values(messages).map((rule) => rule.maxBytes));

export const defaultBrokerLimits: BrokerLimits = {
  maxConnections: 12_000,
  maxConnectionsPerAddress: 4_000,
  connectTimeoutMs: 10_000,
  maxKeepaliveS: 300,
  publishesPerSecond: 50,
  publishBurst: 200,
  maxTopicLevels: 8,
  maxConnectBytes: 8_192,
  maxPacketBytes: largestPayload + 1_024,
  maxBacklogBytes: 2 * 1_048_576,
  drainTimeoutMs: 4_000,
};
