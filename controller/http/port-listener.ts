import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConnectionCounter } from '../connection-counter.ts';
import { listen } from '../listen.ts';
import { plainAddress } from '../plain-address.ts';

/** The first byte of every TLS connection: a handshake record (RFC 8446, 5.1). */
const tlsHandshake = 0x16;
/** Who has said nothing after this time is no browser. */
const firstByteTimeoutMs = 10_000;
const maxConnections = 10_000;
/** A school behind one address translator is one address. */
const maxConnectionsPerAddress = 2_000;
const idlePollMs = 50;

export interface PortListenerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** What a fault calls the port, and where it is set. */
  readonly purpose?: string;
  readonly setting?: string;
  /** Answers plain HTTP from everywhere, instead of this machine alone. */
  readonly isPlainForAll?: boolean;
  readonly certificate: { readonly certPem: string; readonly keyPem: string };
  /** They speak for others, so that no limit per address holds for them. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly maxConnectionsPerAddress?: number;
}

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * One TCP port that speaks HTTP with and without TLS: the first byte of a connection decides. Plain
 * HTTP is for this machine's own browser and scripts; everybody else is sent to https.
 */
export class PortListener {
  /** Serves plain requests; fastify takes it for its own server. */
  readonly plain: Server;
  readonly #options: PortListenerOptions;
  readonly #secure: SecureServer;
  readonly #tcp: TcpServer;
  readonly #sockets = new Set<Socket>();
  readonly #counter: ConnectionCounter;

  constructor(options: PortListenerOptions, listener: RequestListener) {
    this.#options = options;
    const { certPem, keyPem } = options.certificate;
    const maxPerAddress = options.maxConnectionsPerAddress ?? maxConnectionsPerAddress;
    this.#counter = new ConnectionCounter({ maxPerAddress, maxTotal: maxConnections });
    this.plain = createServer((request, response) =>
      options.isPlainForAll || isLoopback(request.socket.remoteAddress)
        ? listener(request, response)
        : redirect(request, response),
    );
    this.#secure = createSecureServer({ cert: certPem, key: keyPem, minVersion: 'TLSv1.2' }, listener);
    this.#tcp = createTcpServer({ noDelay: true, keepAlive: true }, (socket) => this.#sort(socket));
    this.#tcp.maxConnections = maxConnections;
    for (const server of [this.plain, this.#secure]) server.on('clientError', refuseMalformed);
    // A failed handshake is the caller's affair.
    this.#secure.on('tlsClientError', (_error, socket) => socket.destroy());
  }

  /** The port that it listens on, once started. */
  get port(): number {
    const address = this.#tcp.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Who serves WebSockets. To be called once, before `start`. */
  onUpgrade(listener: UpgradeListener): void {
    this.#secure.on('upgrade', listener);
    this.plain.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (isLoopback(request.socket.remoteAddress)) listener(request, socket, head);
      else socket.end(`HTTP/1.1 308 Permanent Redirect\r\nLocation: ${httpsUrl(request)}\r\n\r\n`);
    });
  }

  /** @throws port_in_use when another program has the port, config_invalid when the address is not this machine's */
  async start(): Promise<void> {
    const { port, host, purpose = 'HTTP', setting = 'HOMEROOM_PORT' } = this.#options;
    await listen(this.#tcp, { host, port, purpose, setting });
    // Node's HTTP servers begin to watch for slow and idle connections when they listen; these two
    // get their connections handed in and never listen themselves.
    for (const server of [this.plain, this.#secure]) server.emit('listening');
  }

  /**
   * Take no more connections; requests that run may end, and so may those that are on their way on a connection that
   * stands: each is to be answered with `connection: close`.
   *
   * @param idleGraceMs how long whoever is about to send a request on an idle connection is waited for
   */
  async drain(idleGraceMs = 0): Promise<void> {
    if (!this.#tcp.listening) return;
    const closed = new Promise<void>((resolve) => this.#tcp.close(() => resolve()));
    const closeIdle = () => {
      this.plain.closeIdleConnections();
      this.#secure.closeIdleConnections();
    };
    const graceEndsAt = performance.now() + idleGraceMs;
    const timer = setInterval(() => performance.now() >= graceEndsAt && closeIdle(), idlePollMs);
    if (idleGraceMs === 0) closeIdle();
    await closed;
    clearInterval(timer);
    // They do not listen, which `close` tells by an error; it ends their watch all the same.
    this.plain.close(() => undefined);
    this.#secure.close(() => undefined);
  }

  /** Cut off every connection that is still open. */
  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** @returns whether the connection may stay; one address must not use up what is there for all */
  #admits(socket: Socket): boolean {
    const address = plainAddress(socket.remoteAddress ?? 'unknown');
    if (this.#options.trustedProxies?.includes(address)) return true;
    if (!this.#counter.enter(address)) return false;
    socket.once('close', () => this.#counter.leave(address));
    return true;
  }

  #sort(socket: Socket): void {
    if (!this.#admits(socket)) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const giveUp = () => socket.destroy();
    socket.on('error', giveUp);
    socket.setTimeout(firstByteTimeoutMs, giveUp);
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (!first) return;
      socket.setTimeout(0, giveUp);
      socket.removeListener('timeout', giveUp);
      socket.unshift(first);
      const server = first[0] === tlsHandshake ? this.#secure : this.plain;
      server.emit('connection', socket);
    });
  }
}

/** @returns whether an address is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}

function httpsUrl(request: IncomingMessage): string {
  // The header is what the browser typed; anything that is no host name and port is left out.
  const host = /^[\w.:[\]-]{1,255}$/.test(request.headers.host ?? '') ? request.headers.host : 'localhost';
  return `https://${host}${request.url?.startsWith('/') ? request.url : '/'}`;
}

function redirect(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(308, { location: httpsUrl(request), connection: 'close' }).end();
}

function refuseMalformed(_error: Error, socket: Duplex): void {
  if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  else socket.destroy();
}
