import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { errorCodeOf, toError } from '@homeroom/protocol';
import { listen } from '../listen.ts';
import { plainAddress } from '../plain-address.ts';

const ipv4Loopback = '127.0.0.1';

export interface MqttListenerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** TLS when given, plain else. */
  readonly tls?: { readonly certPem: string; readonly keyPem: string };
  /** The setting that chooses the port, for the message when it is taken. */
  readonly setting: string;
  readonly handshakeTimeoutMs: number;
  /** Asked for each connection before anything is read; false closes it. */
  readonly admit: (address: string) => boolean;
  readonly onConnection: (socket: Socket, address: string) => void;
  /** Once for each admitted connection. */
  readonly onClosed: (address: string) => void;
}

/** A TCP port on which MQTT clients call. */
export class MqttListener {
  readonly #options: MqttListenerOptions;
  readonly #sockets = new Set<Socket>();
  readonly #servers: Server[] = [];

  constructor(options: MqttListenerOptions) {
    this.#options = options;
  }

  /** The port that it listens on, once started. */
  get port(): number {
    const address = this.#servers[0]?.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** @throws port_in_use when another program has the port, config_invalid when the address is not this machine's */
  async start(): Promise<void> {
    const { host, port } = this.#options;
    try {
      await this.#open(host, port);
      if (host === ipv4Loopback) await this.#openIpv6Loopback();
    } catch (caught) {
      await this.stop();
      throw caught;
    }
  }

  /** Take no more connections and end those that stand. */
  async stop(): Promise<void> {
    const closed = this.#servers
      .splice(0)
      .map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }

  async #open(host: string, port: number): Promise<void> {
    const server = this.#createServer();
    await listen(server, { host, port, purpose: 'MQTT', setting: this.#options.setting });
    this.#servers.push(server);
  }

  /** `localhost` is both addresses: left free, the other one could be taken by anybody, to be told passwords. */
  async #openIpv6Loopback(): Promise<void> {
    try {
      await this.#open('::1', this.port);
    } catch (caught) {
      // No IPv6 here; or a port that the system chose for IPv4 alone.
      const isWanted = this.#options.port !== 0;
      if (isWanted && errorCodeOf(caught) === 'port_in_use') throw caught;
    }
  }

  #createServer(): Server {
    const { tls, handshakeTimeoutMs } = this.#options;
    if (!tls) {
      return createServer((socket) => {
        const address = this.#enter(socket);
        if (address !== undefined) this.#options.onConnection(socket, address);
      });
    }
    const server = createTlsServer({
      cert: tls.certPem,
      key: tls.keyPem,
      minVersion: 'TLSv1.2',
      handshakeTimeout: handshakeTimeoutMs,
    });
    // Counted before the handshake, which is what an attacker would make us pay for.
    server.on('connection', (socket) => this.#enter(socket));
    server.on('secureConnection', (socket) =>
      this.#options.onConnection(socket, plainAddress(socket.remoteAddress ?? 'unknown')),
    );
    // A failed handshake is the caller's affair; without a listener its socket would stay half open.
    server.on('tlsClientError', (caught, socket) => socket.destroy(toError(caught)));
    return server;
  }

  #enter(socket: Socket): string | undefined {
    const address = plainAddress(socket.remoteAddress ?? 'unknown');
    // Faults of a socket end it, and 'close' is where we hear of that.
    socket.on('error', () => socket.destroy());
    if (!this.#options.admit(address)) {
      socket.destroy();
      return undefined;
    }
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#options.onClosed(address);
    });
    // Without this, each round trip waits for a delayed acknowledgement.
    socket.setNoDelay(true);
    return address;
  }
}
