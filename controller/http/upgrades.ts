import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorCodeOf, errors, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { Gateway } from '../gateway/gateway.ts';
import type { Tunnels } from '../gateway/tunnels.ts';
import { bearerTokenOf } from './authorization.ts';
import { streamHolderOf } from './caller.ts';
import type { Callers } from './callers.ts';
import type { MqttDoor } from './mqtt-door.ts';
import { doorOf } from './node-red/door-of.ts';
import type { NodeRedSockets } from './node-red/node-red-sockets.ts';
import { isOwnOrigin } from './origin.ts';
import { problemMediaType, problemOf } from './problem.ts';

export interface UpgradeOptions {
  readonly callers: Callers;
  readonly gateway: Gateway;
  readonly tunnels: Tunnels;
  /** Undefined where an external broker has a WebSocket of its own. */
  readonly mqtt: MqttDoor | undefined;
  /** Undefined where there is no Node-RED. */
  readonly nodeRed: Pick<NodeRedSockets, 'accept'> | undefined;
  readonly parseCookies: (header: string) => Record<string, string | undefined>;
  readonly publicOrigin: string | undefined;
  /** Runs the work of a request so that it does not wait for a silent database. */
  readonly bounded: <T>(work: () => Promise<T>) => Promise<T>;
  readonly logger: Logger;
}

interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly url: URL;
}

const streamPath = /^\/desktop\/([0-9a-f-]{36})\/stream$/;
const tunnelPath = /^\/api\/v1\/tunnels\/([0-9a-f-]{36})$/;

/** Every WebSocket of the HTTP port: desktops' streams, hosts' tunnels, MQTT, Node-RED. */
export class Upgrades {
  readonly #options: UpgradeOptions;

  constructor(options: UpgradeOptions) {
    this.#options = options;
  }

  /** Take an upgrade, or refuse it with a problem document. Never throws. */
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A socket without a listener would end the process by its error.
    socket.on('error', () => socket.destroy());
    this.#route(request, socket, head).catch((caught) => this.#refuse(socket, caught));
  }

  async #route(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url || request.headers.upgrade?.toLowerCase() !== 'websocket') throw new HomeroomError('not_found');
    if (!isOwnOrigin(request.headers, this.#options.publicOrigin))
      throw new HomeroomError('csrf_token_wrong');
    const upgrade = { request, socket, head, url };
    const session = streamPath.exec(url.pathname)?.[1];
    if (session) return this.#openStream(upgrade, session);
    const tunnel = tunnelPath.exec(url.pathname)?.[1];
    if (tunnel) return this.#openTunnel(upgrade, tunnel);
    if (url.pathname === '/mqtt' && this.#options.mqtt)
      return this.#options.mqtt.accept(request, socket, head);
    if (this.#options.nodeRed && doorOf(request.url ?? '')) {
      const cookies = this.#options.parseCookies(request.headers.cookie ?? '');
      return await this.#options.nodeRed.accept(request, socket, { head, cookies });
    }
    throw new HomeroomError('not_found');
  }

  async #openStream({ request, socket, head, url }: Upgrade, sessionId: string): Promise<void> {
    const { bounded, callers, gateway, parseCookies } = this.#options;
    const cookies = parseCookies(request.headers.cookie ?? '');
    const address = request.socket.remoteAddress ?? null;
    const caller = await bounded(() => callers.identify(request.headers, cookies, address));
    const holder = streamHolderOf(caller);
    if (!holder) throw new HomeroomError('sign_in_required');
    // Whoever gave up meanwhile is gone.
    if (socket.destroyed) return;
    const ticket = url.searchParams.get('ticket') ?? '';
    gateway.accept(request, socket, head, { sessionId, ticket, holder });
  }

  async #openTunnel({ request, socket, head }: Upgrade, id: string): Promise<void> {
    this.#options.tunnels.accept(id, bearerTokenOf(request.headers.authorization), request, socket, head);
  }

  #refuse(socket: Duplex, caught: unknown): void {
    const code = errorCodeOf(caught);
    if (code === 'internal') this.#options.logger.error({ err: toError(caught) }, 'an upgrade failed');
    const { status } = errors[code];
    const body = JSON.stringify(problemOf(caught, 'about:blank'));
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nContent-Type: ${problemMediaType}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
}
