import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CommandArgs, HomeroomError, toError } from '@homeroom/protocol/wire';
import { formatHostPort } from './enrol/controller-address.ts';
import type { Credential } from './enrol/credential-file.ts';
import { openTls } from './link/open-tls.ts';
import type { Log } from './log.ts';

export interface TunnelsOptions {
  /** Where the controller is and whom to trust; undefined before the device has enrolled. */
  readonly credential: () => Credential | undefined;
  /** @throws desktop_lost when there is no such desktop, stream_unreachable when its screen does not answer */
  readonly connectDesktop: (desktop: string) => Promise<Duplex>;
  readonly log: Log;
}

const tunnelPath = /^\/api\/v1\/tunnels\/[\w-]{1,64}$/;
/** Two pages may watch one desktop for a moment; a host has at most a few hundred of them. */
const maxTunnels = 512;
/** What the controller sends of a client's input is small; a larger message is a fault. */
const maxMessageBytes = 1024 * 1024;
/** A controller that vanished is noticed by TCP, because an idle desktop says nothing for hours. */
const keepAliveMs = 30_000;

/** Streams of this host's desktops to a controller on another machine: the agent dials out, nothing listens. */
export class Tunnels {
  readonly #options: TunnelsOptions;
  readonly #open = new Set<Duplex>();
  #isStopped = false;

  constructor(options: TunnelsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  /**
   * Dial a desktop's screen and the controller, and relay between them until either closes.
   *
   * @returns when both are open
   * @throws stream_unreachable, not_allowed, command_busy, and what `connectDesktop` throws
   */
  async open(args: CommandArgs<'desktop.tunnel'>, signal: AbortSignal): Promise<void> {
    if (!tunnelPath.test(args.path)) throw new HomeroomError('not_allowed', 'this path is no tunnel');
    if (this.#open.size >= maxTunnels)
      throw new HomeroomError('command_busy', `${maxTunnels} tunnels are open`);
    const credential = this.#options.credential();
    if (!credential || this.#isStopped)
      throw new HomeroomError('stream_unreachable', 'the agent is not enrolled or stops');
    const desktop = await this.#options.connectDesktop(args.desktop);
    try {
      const stream = await dial(credential, args, signal);
      void this.#relay(desktop, stream);
    } catch (caught) {
      desktop.destroy();
      throw new HomeroomError('stream_unreachable', 'the controller did not take the tunnel', {
        cause: toError(caught),
      });
    }
  }

  stop(): void {
    this.#isStopped = true;
    for (const stream of this.#open) stream.destroy();
  }

  async #relay(desktop: Duplex, stream: Duplex): Promise<void> {
    this.#open.add(stream);
    try {
      await pipeline(desktop, stream, desktop);
    } catch (caught) {
      // Either end may close at any time; that is how a stream ends.
      this.#options.log.debug('tunnel closed', { error: toError(caught) });
    } finally {
      desktop.destroy();
      stream.destroy();
      this.#open.delete(stream);
    }
  }
}

async function dial(
  credential: Credential,
  args: CommandArgs<'desktop.tunnel'>,
  signal: AbortSignal,
): Promise<Duplex> {
  // Lazily, and this library because Node's own WebSocket can neither pin a CA nor send a header.
  const { WebSocket, createWebSocketStream } = await import('ws');
  const { host, caPem, httpPort } = credential;
  const port = args.port ?? httpPort;
  const socket = await openTls({ host, port, caPem, signal });
  socket.setKeepAlive(true, keepAliveMs);
  const webSocket = new WebSocket(`wss://${formatHostPort(host, port)}${args.path}`, {
    createConnection: () => socket,
    headers: { authorization: `Bearer ${args.ticket}` },
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    followRedirects: false,
  });
  try {
    await once(webSocket, 'open', { signal });
  } catch (caught) {
    webSocket.on('error', () => undefined);
    webSocket.terminate();
    throw caught;
  }
  return createWebSocketStream(webSocket);
}
