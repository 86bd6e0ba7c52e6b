import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { HomeroomError, toError } from '@homeroom/protocol';
import type { Changes } from '../../store/changes.ts';
import { doorOf } from './door-of.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import type { Asking, NodeRedGate } from './node-red-gate.ts';
import type { NodeRedAddress } from './register-node-red.ts';

const checkEveryMs = 30_000;
const answerTimeoutMs = 10_000;

export interface NodeRedSocketsOptions {
  readonly address: NodeRedAddress;
  readonly gate: NodeRedGate;
  readonly changes: Pick<Changes, 'subscribe'>;
}

interface OpenSocket {
  readonly asking: Asking;
  readonly userId: string;
  readonly end: () => void;
}

/**
 * The WebSockets of the editor and of the dashboard. A socket ends when whoever opened it may not open it any more:
 * changes say when to look, a timer catches what they missed.
 */
export class NodeRedSockets {
  readonly #options: NodeRedSocketsOptions;
  readonly #open = new Set<OpenSocket>();
  #unsubscribe: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: NodeRedSocketsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.changes.subscribe(({ kind, id }) => {
      if (kind === 'user') void this.#check(id);
    });
    this.#timer = setInterval(() => void this.#check(undefined), checkEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    this.#unsubscribe?.();
    clearInterval(this.#timer);
    for (const { end } of this.#open) end();
  }

  /** @throws not_found, sign_in_required, not_allowed, node_red_unavailable */
  async accept(
    request: IncomingMessage,
    socket: Duplex,
    { head, cookies }: { head: Buffer; cookies: Asking['cookies'] },
  ): Promise<void> {
    const door = doorOf(request.url ?? '');
    if (!door) throw new HomeroomError('not_found');
    const { headers } = request;
    const asking = { door, method: 'GET', headers, cookies, address: request.socket.remoteAddress ?? null };
    const person = await this.#options.gate.admit(asking);
    const { address } = this.#options;
    const passed = forwardedHeaders({ headers, person, secret: address.secret, isUpgrade: true });
    const upstream = await openUpstream(address.socketPath, request.url ?? '/', passed);
    if (socket.destroyed) {
      upstream.socket.destroy();
      return;
    }
    this.#join(socket, upstream, head, { asking, userId: person.user.id });
  }

  #join(
    socket: Duplex,
    upstream: Upstream,
    head: Buffer,
    { asking, userId }: Pick<OpenSocket, 'asking' | 'userId'>,
  ): void {
    const end = () => {
      socket.destroy();
      upstream.socket.destroy();
    };
    const open = { asking, userId, end };
    this.#open.add(open);
    const ended = () => {
      this.#open.delete(open);
      end();
    };
    for (const side of [socket, upstream.socket]) side.on('error', ended).on('close', ended);
    socket.write(upstream.answer);
    if (upstream.head.length > 0) socket.write(upstream.head);
    if (head.length > 0) upstream.socket.write(head);
    socket.pipe(upstream.socket).pipe(socket);
  }

  /** @param userId whose sockets; everybody's when undefined */
  async #check(userId: string | undefined): Promise<void> {
    const looked = [...this.#open].filter((open) => userId === undefined || open.userId === userId);
    for (const { asking, end } of looked) {
      // While the database is away, whoever was let in stays.
      await this.#options.gate.admit(asking).catch((caught: unknown) => {
        if (!(caught instanceof HomeroomError) || caught.code !== 'database_unavailable') end();
      });
    }
  }
}

interface Upstream {
  readonly socket: Duplex;
  /** What the browser gets first. */
  readonly answer: string;
  readonly head: Buffer;
}

async function openUpstream(
  socketPath: string,
  path: string,
  headers: Record<string, string | string[]>,
): Promise<Upstream> {
  const { promise, resolve, reject } = Promise.withResolvers<Upstream>();
  const outgoing = httpRequest({ socketPath, path, headers, agent: false });
  outgoing.setTimeout(answerTimeoutMs, () => outgoing.destroy(new Error('Node-RED does not answer')));
  outgoing.on('error', reject);
  outgoing.on('response', (response) => {
    response.destroy();
    reject(new Error(`Node-RED refused with ${response.statusCode}`));
  });
  outgoing.on('upgrade', (response, socket, head) => {
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
    const lines = response.rawHeaders.flatMap((name, at, all) =>
      at % 2 === 0 ? [`${name}: ${all[at + 1] ?? ''}`] : [],
    );
    resolve({ socket, head, answer: `HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n` });
  });
  outgoing.end();
  try {
    return await promise;
  } catch (caught) {
    throw new HomeroomError('node_red_unavailable', undefined, { cause: toError(caught) });
  }
}
