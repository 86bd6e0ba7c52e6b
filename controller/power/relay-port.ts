/**
 * The port to relays: four adapters stand behind it, and nobody else speaks to a relay.
 *
 * - `device`: the agent's `relay` command, answered when the line has switched;
 * - `board`, `tasmota`, `shelly`: a message by the maker's topics, never retained. That it was sent says nothing of what
 *   the relay did: only its own word does, which comes by the inbox.
 */
import { randomUUID } from 'node:crypto';
import type { DeviceCommands, TopicPublisher } from '../fleet/ports.ts';
import { board } from './dialects/board.ts';
import type { RelayDialect, RelayMessage } from './dialects/relay-dialect.ts';
import { shellyGen1 } from './dialects/shelly-gen1.ts';
import { shellyGen2 } from './dialects/shelly-gen2.ts';
import { tasmota } from './dialects/tasmota.ts';
import type { RelayRow } from './relay-row.ts';

/** As much of a relay as is needed to speak to it. */
export type RelayAddress = Pick<RelayRow, 'id' | 'kind' | 'device_id' | 'topic' | 'generation'>;

export interface Switching {
  readonly channel: number;
  readonly on: boolean;
  /** Have it let go by itself after so long, where it can. */
  readonly pulseMs?: number | undefined;
}

/** Speaks to relays. */
export interface RelayPort {
  /**
   * Send one command. It may be repeated: it says how the channel is to be, and never "the other way".
   *
   * @throws broker_unavailable when it was not sent; and for a device's relay device_offline, command_timeout, or what the
   *   device answered
   */
  switch(relay: RelayAddress, switching: Switching): Promise<void>;
  /** Have it tell how its channels stand; one that tells by itself is not asked. @throws broker_unavailable */
  ask(relay: RelayAddress, channels: number): Promise<void>;
}

export interface RelaysByMessageOptions {
  readonly publisher: TopicPublisher;
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly nowMs: () => number;
}

/** A relay that has not done it by then drops it. */
const ttlMs = 5_000;

/** {@link RelayPort} over the controller's own link to the broker. */
export class RelaysByMessage implements RelayPort {
  readonly #options: RelaysByMessageOptions;

  constructor(options: RelaysByMessageOptions) {
    this.#options = options;
  }

  async switch(relay: RelayAddress, { channel, on, pulseMs }: Switching): Promise<void> {
    const { commands, nowMs } = this.#options;
    if (relay.device_id !== null) {
      const pulse = pulseMs === undefined ? {} : { pulseMs };
      await commands.send(relay.device_id, 'relay', { channel, on, ...pulse });
      return;
    }
    const issuedAt = new Date(nowMs()).toISOString();
    const command = { id: randomUUID(), issuedAt, ttlMs, channel, on, pulseMs };
    await this.#say(dialectOf(relay).switch(ownLevelOf(relay), command));
  }

  async ask(relay: RelayAddress, channels: number): Promise<void> {
    if (relay.device_id !== null) return;
    const own = ownLevelOf(relay);
    for (const message of dialectOf(relay).ask(own, channels)) await this.#say(message);
  }

  #say({ topic, payload }: RelayMessage): Promise<void> {
    return this.#options.publisher.publish(topic, payload, { retain: false });
  }
}

/** @returns the level of a relay's topics that is its own */
export function ownLevelOf({ id, topic }: Pick<RelayAddress, 'id' | 'topic'>): string {
  return topic ?? id;
}

function dialectOf({ kind, generation }: RelayAddress): Pick<RelayDialect, 'switch' | 'ask'> {
  if (kind === 'tasmota') return tasmota;
  if (kind === 'shelly') return generation === 1 ? shellyGen1 : shellyGen2;
  return board;
}
