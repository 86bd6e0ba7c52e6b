import type { Identity, Refusal } from './access-rules.ts';

/** A publish that the embedded broker refused; aedes then closes the connection without a word. */
export interface RefusedPublish {
  readonly identity: Identity;
  readonly address: string;
  /** Undefined for a packet that was refused at its header. */
  readonly topic: string | undefined;
  readonly code: Refusal;
}

/** What the embedded broker tells the rest of the controller. Listeners must be quick and must not throw. */
export interface BrokerEvents {
  publishRefused?(refused: RefusedPublish): void;
  /** A device took its place; `previousAddress` is set when that cut off a connection that still stood. */
  deviceConnected?(device: string, address: string, previousAddress: string | undefined): void;
}

/** Counters since the start, and what stands now. */
export interface BrokerStats {
  readonly connections: number;
  readonly retainedMessages: number;
  readonly connectionsRefused: number;
  readonly loginsRefused: number;
  readonly publishesRefused: Readonly<Record<string, number>>;
  readonly subscriptionsRefused: number;
  readonly publishesDelayed: number;
  readonly slowSubscribersCut: number;
}
