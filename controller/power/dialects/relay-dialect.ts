import type { ChannelReport } from '../observation.ts';

/** Something that a relay said. */
export interface RelayWord {
  /** Undefined when it says nothing about that. */
  readonly isOnline?: boolean;
  readonly channels: readonly ChannelReport[];
}

/** A message to a relay; never retained. */
export interface RelayMessage {
  readonly topic: string;
  /** An object is sent as JSON. */
  readonly payload: string | object;
}

/** One command: it has an id and an end, for relays that look at them. */
export interface SwitchCommand {
  readonly id: string;
  readonly issuedAt: string;
  readonly ttlMs: number;
  readonly channel: number;
  readonly on: boolean;
  /** Let go by itself after so long, where the relay can. */
  readonly pulseMs?: number | undefined;
}

/**
 * How a maker's relays speak over MQTT. Pure: topics and payloads in and out. `own` is the level of the topics that is the
 * relay's own.
 */
export interface RelayDialect {
  /** @returns what a message says; undefined when it says nothing about channels or presence */
  read(own: string, topic: string, payload: Buffer): RelayWord | undefined;
  switch(own: string, command: SwitchCommand): RelayMessage;
  /** @returns messages that make it tell how its channels stand */
  ask(own: string, channels: number): RelayMessage[];
}

/** @returns the JSON object in a payload; undefined when there is none */
export function objectOf(payload: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(payload.toString('utf8'));
    return isObject(json) ? json : undefined;
  } catch {
    // Some of their topics hold plain words: those are read elsewhere.
    return undefined;
  }
}

/** @returns whether a value is a JSON object */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
