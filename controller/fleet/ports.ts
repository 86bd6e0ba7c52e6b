/** What the fleet needs of the broker; `mqtt/` implements it, tests bring their own. */
import type { CommandArgsInput, CommandData, CommandName, ParsedTopic } from '@homeroom/protocol';

/** Sends messages to devices. */
export interface TopicPublisher {
  /**
   * Publish with QoS 1; done when the broker has it.
   *
   * @param payload an object is sent as JSON, a text as it is; undefined clears a retained message
   * @throws broker_unavailable; it may be repeated
   */
  publish(topic: string, payload: object | string | undefined, options: { retain: boolean }): Promise<void>;
}

export interface CommandOptions {
  readonly signal?: AbortSignal;
  /** Instead of the command's own limit. */
  readonly timeoutMs?: number;
}

/** Has a device do something once. */
export interface DeviceCommands {
  /**
   * Send a command and wait for its result. Not to be repeated blindly: the device may have done it.
   *
   * @returns the result's data, as the command's schema types it
   * @throws device_offline at once when the device is not connected, command_timeout, command_busy when too
   * many are under way, request_invalid for wrong arguments, or the code that the device answered
   */
  send<N extends CommandName>(
    device: string,
    name: N,
    args: CommandArgsInput<N>,
    options?: CommandOptions,
  ): Promise<CommandData<N>>;
}

/** Which credentials the broker lets in. Every call may be repeated. */
export interface BrokerCredentials {
  /** Let a device in with this password, and with no older one. */
  put(device: string, password: string): Promise<void>;
  /** Let a device in no more, and cut it off at once. */
  remove(device: string): Promise<void>;
  /** Let devices ask to be enrolled with this join token. */
  putClaim(tokenId: string, secret: string): Promise<void>;
  removeClaim(tokenId: string): Promise<void>;
  /** Let a relay in with this password, to its own topics, and with no older one. */
  putRelay(relay: RelayLogin, password: string): Promise<void>;
  /** Let a relay in no more, and cut it off at once. */
  removeRelay(id: string): Promise<void>;
}

/** A relay that comes to the broker by itself. */
export interface RelayLogin {
  readonly id: string;
  readonly speaks: 'board' | 'tasmota' | 'shelly';
  /** The level of its topics that is its own; a board's is its id. */
  readonly topic: string;
}

/** Where relays' credentials are looked up. */
export interface RelayCredentialSource {
  /** @returns undefined when there is no such relay, or it comes by a device @throws database_unavailable */
  relayOf(
    id: string,
  ): Promise<
    { readonly hash: string; readonly speaks: RelayLogin['speaks']; readonly topic: string } | undefined
  >;
}

/** What another maker's relay said; nothing of it was checked. */
export interface RelayTopicMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** Whether the broker replayed it from its retained messages. */
  readonly isReplay: boolean;
}

/** A message of a device, a board or a claim; it passed its schema. */
export interface FleetMessage {
  readonly parsed: ParsedTopic;
  /** As the schema of its topic types it. */
  readonly value: unknown;
  /** Whether the broker replayed it from its retained messages. */
  readonly isReplay: boolean;
}

/** What a device published and nobody took: not its topic, too large, or not as agreed. */
export interface RefusedDevicePublish {
  readonly device: string;
  /** Undefined when it was refused before its topic was read. */
  readonly topic: string | undefined;
  readonly code: string;
}

/** Everything that the fleet and the providers have of the broker. */
export interface Messaging {
  readonly publisher: TopicPublisher;
  readonly commands: DeviceCommands;
  readonly credentials: BrokerCredentials;
  /** @returns whether a device is here, as far as is known */
  isConnected(device: string): boolean;
  /** A device is gone: nobody need wait for its answers. */
  deviceLeft(device: string): void;
  /** Hear every message. The listener must be quick. @returns a function that ends that */
  onMessage(listener: (message: FleetMessage) => void): () => void;
  /** Hear what stands on topics of other makers' relays. The listener must be quick. */
  onRelayMessage(listener: (message: RelayTopicMessage) => void): () => void;
  /** Hear of each connection to the broker, the first included. */
  onConnected(listener: () => void): () => void;
  /** Hear of publishes that were refused; those that a broker refuses, only the embedded one tells. */
  onPublishRefused(listener: (refused: RefusedDevicePublish) => void): () => void;
  /** Hear from where a device connected; only the embedded broker tells. */
  onDeviceConnected(listener: (device: string, address: string) => void): () => void;
  /** Hear of each command that goes out. */
  onCommandSent(listener: (device: string, name: CommandName, args: object) => void): () => void;
}
