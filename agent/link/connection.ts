/** What a connection hands on of a message. */
export interface Incoming {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** Replayed by the broker on subscription, not passed on from its sender now. */
  readonly isRetained: boolean;
}

export interface PublishOptions {
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

/**
 * One connection to the broker, open from the start and closed for good once it breaks. It never
 * connects again by itself and never queues: who uses it decides about both.
 */
export interface Connection {
  /** Public-key pin of the certificate that the broker showed; undefined without TLS. */
  readonly serverPin: string | undefined;
  /**
   * @returns when the broker has taken it (QoS 1) or the socket has (QoS 0)
   * @throws broker_unavailable when the connection closes before
   */
  publish(topic: string, payload: string, options: PublishOptions): Promise<void>;
  /**
   * @returns when the broker has granted every topic
   * @throws topic_not_allowed when it refuses one, broker_unavailable when the connection closes before
   */
  subscribe(topics: readonly string[]): Promise<void>;
  onMessage(listener: (message: Incoming) => void): void;
  /** Called once, also when the connection is closed already. */
  onClose(listener: () => void): void;
  /** Say goodbye (so the will stays unsaid) and close. May be repeated. */
  end(): Promise<void>;
}

export interface ConnectOptions {
  readonly host: string;
  readonly port: number;
  /** The CA to trust, PEM. */
  readonly caPem: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly will?: { readonly topic: string; readonly payload: string };
  /** For the whole of it: socket, TLS and the broker's answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Open a connection.
 *
 * @throws broker_unavailable when nobody answers in time, controller_not_trusted when its certificate is
 *   not of the CA, device_credential_wrong or device_revoked when it refuses the credential
 */
export type Connect = (options: ConnectOptions) => Promise<Connection>;
