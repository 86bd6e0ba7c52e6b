import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { HomeroomError, toError } from '@homeroom/protocol';
import { WebSocketServer } from 'ws';
import type { ByteChannel } from './byte-channel.ts';
import type { TunnelCommands } from './ports.ts';
import { WebSocketChannel } from './web-socket-channel.ts';

interface Expected {
  readonly ticketHash: Buffer;
  readonly arrived: (channel: ByteChannel) => void;
}

/** Agents send what Xvnc writes in one go; more is a fault. */
const maxMessageBytes = 1024 * 1024;

/**
 * Streams of desktops on other machines: the host's agent is told to dial in with a ticket that
 * opens one tunnel once. What is expected lives in memory only, so a tunnel always arrives at the
 * process that asked for it.
 */
export class Tunnels {
  readonly #commands: TunnelCommands;
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
  });
  readonly #expected = new Map<string, Expected>();

  constructor(commands: TunnelCommands) {
    this.#commands = commands;
  }

  /**
   * Have the agent of `deviceId` open a tunnel to a desktop's stream.
   *
   * @throws stream_unreachable when it does not arrive before the signal fires; device_offline,
   *   command_timeout or the code that the agent answered
   */
  async open(deviceId: string, desktopId: string, signal: AbortSignal): Promise<ByteChannel> {
    const id = randomUUID();
    const ticket = randomBytes(24).toString('base64url');
    const { promise, resolve, reject } = Promise.withResolvers<ByteChannel>();
    const giveUp = () =>
      reject(
        new HomeroomError('stream_unreachable', 'the host opened no tunnel in time', {
          cause: toError(signal.reason),
        }),
      );
    signal.addEventListener('abort', giveUp, { once: true });
    this.#expected.set(id, { ticketHash: hash(ticket), arrived: resolve });
    try {
      const args = { desktop: desktopId, path: `/api/v1/tunnels/${id}`, ticket };
      const answered = this.#commands.send(deviceId, 'desktop.tunnel', args, { signal });
      // The tunnel may arrive before the command's answer does; a refusal ends the wait at once.
      answered.catch(reject);
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#expected.delete(id);
    }
  }

  /**
   * Take an agent's upgrade of `/api/v1/tunnels/<id>`.
   *
   * @param ticket the bearer token that it brought
   * @throws ticket_invalid when no such tunnel is expected, or not with this ticket
   */
  accept(
    id: string,
    ticket: string | undefined,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void {
    const expected = this.#expected.get(id);
    if (!expected || !ticket || !timingSafeEqual(expected.ticketHash, hash(ticket))) {
      throw new HomeroomError('ticket_invalid');
    }
    this.#expected.delete(id);
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) =>
      expected.arrived(new WebSocketChannel(webSocket, socket)),
    );
  }
}

function hash(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest();
}
