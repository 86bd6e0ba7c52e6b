import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Change, type ErrorCode, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Changes } from '../store/changes.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import type {
  StreamHolder,
  StreamPermission,
  StreamRight,
  StreamSessions,
  StreamSignIns,
  StreamTickets,
  StreamViews,
} from './ports.ts';
import { Stream } from './stream.ts';
import type { StreamDialer } from './stream-dialer.ts';
import { StreamLedger } from './stream-ledger.ts';
import { ViewLedger } from './view-ledger.ts';
import { WebSocketChannel } from './web-socket-channel.ts';

const keepAliveEveryMs = 30_000;
/** A VNC client's largest message is a clipboard. */
const maxMessageBytes = 1024 * 1024;

export interface GatewayOptions {
  readonly sessions: StreamSessions;
  readonly tickets: StreamTickets;
  readonly permission: StreamPermission;
  readonly views: StreamViews;
  readonly signIns: StreamSignIns;
  readonly dialer: StreamDialer;
  readonly changes: Changes;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/**
 * Relays desktops' streams to browsers. Rules:
 * - a ticket opens one connection, for the one who asked for it;
 * - a stream ends at once when its session does, when its holder may not see it any more, or when the
 *   sign-in that opened it has ended; a kiosk's stream belongs to the seat, not to a sign-in;
 * - of who looks at a desktop beside its user, nothing but what a picture needs reaches it, and one at a time has its
 *   keyboard and mouse;
 *   changes say when to look, a timer catches what they missed.
 */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #ledger: StreamLedger;
  readonly #views: ViewLedger;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
  });
  readonly #streams = new Map<Stream, Promise<void>>();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#ledger = new StreamLedger(options.sessions, options.logger);
    this.#views = new ViewLedger(options.views, options.logger);
  }

  start(): void {
    this.#unsubscribe = this.#options.changes.subscribe((change) => this.#onChange(change));
    this.#timer = setInterval(() => this.#checkAll(), keepAliveEveryMs);
  }

  /** End every stream with `controller_stopping`; the pages come back by themselves. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    clearInterval(this.#timer);
    for (const stream of this.#streams.keys()) stream.end('controller_stopping');
    await Promise.all(this.#streams.values());
    await Promise.all([this.#ledger.stop(), this.#views.stop()]);
  }

  /** How many browsers are connected now. */
  get openStreams(): number {
    return this.#streams.size;
  }

  /** Take the upgrade of `/desktop/<session>/stream` by an authenticated holder. */
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    to: { readonly sessionId: string; readonly ticket: string; readonly holder: StreamHolder },
  ): void {
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const browser = new WebSocketChannel(webSocket, socket);
      const ledgers = { ledger: this.#ledger, views: this.#views };
      const stream = new Stream({ ...this.#options, ...to, ...ledgers, browser });
      this.#streams.set(
        stream,
        stream.run().finally(() => this.#streams.delete(stream)),
      );
    });
  }

  #onChange(change: Change): void {
    for (const stream of this.#streams.keys()) {
      const isItsSession = change.kind === 'session' && change.id === stream.sessionId;
      const isItsDevice = change.kind === 'device' && change.id === stream.holder.deviceId;
      const isItsUser = change.kind === 'user' && change.id === stream.holder.userId;
      const isItsBroadcast = change.kind === 'broadcast' && change.id === stream.right?.broadcastId;
      if (isItsSession) stream.lookAgain();
      // A room may be another teacher's now.
      const isForeign = change.kind === 'room' && !isOwn(stream.right);
      if (isItsSession || isItsDevice || isItsUser || isItsBroadcast || isForeign) this.#look(stream);
      // Another stream of the same person may have taken the hold over.
      if (isItsSession && stream.right?.purpose === 'control') void this.#views.look();
    }
  }

  #checkAll(): void {
    for (const stream of this.#streams.keys()) {
      stream.checkAlive();
      this.#look(stream);
    }
  }

  #look(stream: Stream): void {
    // What it may be open for is not known before; then it is looked at once.
    if (!stream.right) {
      stream.onRedeemed(() => this.#look(stream));
      return;
    }
    this.#verdictOn(stream)
      .then((code) => code && stream.end(code))
      // A database that is away decides nothing; the timer looks again.
      .catch((caught) =>
        this.#options.logger.debug({ err: toError(caught) }, 'a stream could not be checked'),
      );
  }

  async #verdictOn(stream: Stream): Promise<ErrorCode | undefined> {
    const { sessions, permission } = this.#options;
    const { holder, right } = stream;
    const session = await sessions.get(stream.sessionId);
    const isOver = !session || session.state === 'ended';
    if (right?.purpose === 'broadcast') {
      const now = isOver ? undefined : await permission.rightTo(holder, session, 'broadcast');
      return now?.broadcastId === right.broadcastId ? undefined : 'broadcast_over';
    }
    if (isOver) return 'session_ended';
    if (!(await this.#isSignedIn(stream))) return 'sign_in_required';
    if (await permission.rightTo(holder, session, right?.purpose ?? 'own')) return undefined;
    // At a kiosk it was seen until now: it went on to another seat.
    return holder.deviceId === null || !isOwn(right) ? 'not_allowed' : 'session_moved';
  }

  /** Whoever looks at a desktop of others does it as a person, at a kiosk too. */
  async #isSignedIn({ holder: { deviceId, signInHash }, right }: Stream): Promise<boolean> {
    if (deviceId !== null && isOwn(right)) return true;
    return await this.#options.signIns.isSignedIn(signInHash);
  }
}

function isOwn(right: StreamRight | undefined): boolean {
  return (right?.purpose ?? 'own') === 'own';
}
