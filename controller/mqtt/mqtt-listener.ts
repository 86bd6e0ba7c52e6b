import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { toError } from '@homeroom/protocol';
import { listenFault } from '../listen-fault.ts';

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
  #server: Server | undefined;

  constructor(options: MqttListenerOptions) {
    this.#options = options;
  }

  /** The port that it listens on, once started. */
  get port(): number {
    const address = this.#server?.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** @throws port_in_use when another program has the port, config_invalid when the address is not this machine's */
  async start(): Promise<void> {
    const { host, port, setting } = this.#options;
    const server = this.#createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => reject(listenFault(cause, { host, port, purpose: 'MQTT', setting })));
      server.listen(port, host, resolve);
    });
    this.#server = server;
  }

  /** Take no more connections and end those that stand. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
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
      this.#options.onConnection(socket, plainAddress(socket.remoteAddress)),
    );
    // A failed handshake is the caller's affair; without a listener its socket would stay half open.
    server.on('tlsClientError', (caught, socket) => socket.destroy(toError(caught)));
    return server;
  }

  #enter(socket: Socket): string | undefined {
    const address = plainAddress(socket.remoteAddress);
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

/** @returns an address as people write it: without the prefix of IPv4 in IPv6. */
function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:/, '');
}
