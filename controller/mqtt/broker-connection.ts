import type { Duplex } from 'node:stream';
import { type Access, accessOf, type Identity } from './access-rules.ts';
import type { Login } from './authenticator.ts';
import type { BrokerLimits } from './broker-limits.ts';
import { PacketLengthGuard } from './packet-length-guard.ts';
import { TokenBucket } from './token-bucket.ts';

/** One connection to the embedded broker: who it is, and what it has used of its limits. */
export class BrokerConnection {
  readonly stream: Duplex;
  readonly address: string;
  readonly #limits: BrokerLimits;
  readonly #guard: PacketLengthGuard;
  #identity: Identity | undefined;
  #access: Access | undefined;
  #bucket: TokenBucket | undefined;
  /** Set when the CONNECT packet must be refused, although its credential may be right. */
  isIdMissing = false;
  /** What it signed in by; undefined for the controller's own, which needs nothing. */
  login: Login | undefined;

  constructor(stream: Duplex, address: string, limits: BrokerLimits) {
    this.stream = stream;
    this.address = address;
    this.#limits = limits;
    this.#guard = new PacketLengthGuard(limits.maxConnectBytes);
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  get access(): Access | undefined {
    return this.#access;
  }

  /** To be called once the credential was found right. */
  admit(identity: Identity, nowMs: number): void {
    this.#identity = identity;
    this.#access = accessOf(identity);
    this.#guard.allow(this.#limits.maxPacketBytes);
    if (identity.kind === 'controller') return;
    const { publishesPerSecond, publishBurst } = this.#limits;
    this.#bucket = new TokenBucket({ perSecond: publishesPerSecond, burst: publishBurst, nowMs });
  }

  /** Watch the bytes that come in; `refuse` is called when a packet says that it is too long. */
  watchPacketLength(refuse: () => void): void {
    // aedes reads on 'readable'; the bytes of each read are told to 'data' listeners before it sees them.
    this.stream.on('data', (chunk: Buffer) => {
      if (!this.#guard.accepts(chunk)) refuse();
    });
  }

  /** @returns how long the next publish must wait; 0 for not at all */
  publishDelayMs(nowMs: number): number {
    return this.#bucket?.take(nowMs) ?? 0;
  }

  /** @returns whether more waits for this subscriber than it may keep in memory */
  isTooSlow(): boolean {
    if (this.#identity?.kind === 'controller') return false;
    return this.stream.writableLength > this.#limits.maxBacklogBytes;
  }

  /** Whether `newcomer` may take over this connection's client id. */
  yieldsTo(newcomer: Identity): boolean {
    // A device's id is its own: nobody else may push it off by calling himself the same.
    if (newcomer.kind === 'device') return true;
    const own = this.#identity;
    if (own?.kind === 'relay' && newcomer.kind === 'relay') return own.relay === newcomer.relay;
    return own?.kind === newcomer.kind;
  }
}
