import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import WebSocket from 'ws';
import { waitFor } from '../../../support/wait-for.ts';
import { ControllerFolder, type ControllerProcess } from '../../controller/support/controller-process.ts';

export type Who = 'anonymous' | 'student' | 'teacher' | 'admin';

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it says from which page it asks, as browsers do of all but reading. */
  readonly hasOrigin?: boolean;
}

export interface NodeRedHealth {
  readonly phase: string;
  readonly reason: string | null;
  readonly ends: number;
  readonly memoryMiB: number | null;
}

interface Health {
  readonly status: string;
  readonly nodeRed?: NodeRedHealth;
  readonly degraded?: readonly string[];
}

const patienceMs = 60_000;
const socketPatienceMs = 10_000;

/** A controller with Node-RED beside it, and the browsers of four people. */
export class NodeRedHomeroom implements AsyncDisposable {
  readonly folder: ControllerFolder;
  #process: ControllerProcess | undefined;
  #port = 0;
  #cookies = new Map<Who, string>();

  private constructor(folder: ControllerFolder) {
    this.folder = folder;
  }

  static async make(): Promise<NodeRedHomeroom> {
    return new NodeRedHomeroom(await ControllerFolder.make());
  }

  get port(): number {
    return this.#port;
  }

  /** Start the controller, wait for it and, unless it is off, for Node-RED; sign everybody in. */
  async start(environment: Record<string, string> = {}): Promise<void> {
    const setting = environment.HOMEROOM_NODE_RED ?? 'on';
    this.#process = this.folder.start({ ...environment, HOMEROOM_NODE_RED: setting });
    this.#port = (await this.#process.untilReady()).httpPort;
    for (const who of ['student', 'teacher', 'admin'] as const)
      this.#cookies.set(who, await this.#signIn(who));
    if (setting === 'on') await this.untilPhase('running');
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** @returns what `/readyz` tells, ready or not */
  async health(): Promise<Health> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/readyz`);
    return JSON.parse(await answer.text());
  }

  async untilPhase(phase: string, ends = 0): Promise<NodeRedHealth> {
    return await waitFor(
      `Node-RED is ${phase}`,
      async () => {
        const { nodeRed } = await this.health();
        return nodeRed?.phase === phase && nodeRed.ends >= ends ? nodeRed : undefined;
      },
      patienceMs,
    );
  }

  /** Ask as a browser of this person would. */
  async ask(
    who: Who,
    path: string,
    { method = 'GET', body, headers = {}, hasOrigin = method !== 'GET' }: Asked = {},
  ) {
    const own = `http://127.0.0.1:${this.#port}`;
    const answer = await fetch(`${own}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.#cookieOf(who),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(hasOrigin && { origin: own }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  /** @returns the first message of a WebSocket, or the status with which it was refused */
  async open(who: Who, path: string, headers: Record<string, string> = {}): Promise<string | number> {
    const url = `ws://127.0.0.1:${this.#port}${path}`;
    const socket = new WebSocket(url, { headers: { ...this.#cookieOf(who), ...headers } });
    const { promise, resolve, reject } = Promise.withResolvers<string | number>();
    const timer = setTimeout(() => reject(new Error(`nothing came at ${path}`)), socketPatienceMs);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('message', (data) => resolve(String(data)));
    // The editor's socket says nothing before it is spoken to.
    socket.on('open', () => path.endsWith('/comms') && resolve('open'));
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      socket.terminate();
    }
  }

  /** Keep a WebSocket open. @returns when it has begun to speak, and when it is closed */
  untilClosed(who: Who, path: string): { opened: Promise<unknown>; ended: Promise<unknown> } {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}${path}`, { headers: this.#cookieOf(who) });
    const signal = AbortSignal.timeout(patienceMs);
    socket.on('error', () => socket.terminate());
    return { opened: once(socket, 'message', { signal }), ended: once(socket, 'close', { signal }) };
  }

  /** Ask Node-RED itself, as another program of this machine would. */
  askSocket(path: string, headers: Record<string, string> = {}): Promise<number> {
    const socketPath = join(this.nodeRedDir, 'socket');
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    httpRequest({ socketPath, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve(101);
      })
      .end();
    return promise;
  }

  get nodeRedDir(): string {
    return join(this.folder.dataDir, 'controller/node-red');
  }

  async readOwn(path: string): Promise<string> {
    return await readFile(join(this.nodeRedDir, path), 'utf8');
  }

  /** Deploy nodes beside those that are there. @returns when they run */
  async deploy(nodes: readonly object[]): Promise<void> {
    const there: object[] = JSON.parse((await this.ask('admin', '/red/flows')).text);
    const { status, text } = await this.ask('admin', '/red/flows', {
      method: 'POST',
      body: [...there, ...nodes],
    });
    if (status !== 204) throw new Error(`the flows were refused: ${text}`);
  }

  #cookieOf(who: Who): Record<string, string> {
    const cookie = this.#cookies.get(who);
    return cookie === undefined ? {} : { cookie };
  }

  async #signIn(username: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: 'first password' }),
    });
    if (!answer.ok) throw new Error(`${username} was not let in: ${await answer.text()}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async [Symbol.asyncDispose]() {
    await this.folder[Symbol.asyncDispose]();
  }
}

/** @returns a tab with an HTTP-in node that answers with what it was sent */
export function echoFlow(path: string): object[] {
  return [
    { id: 'echo', type: 'tab', label: 'Echo' },
    { id: 'echo-in', type: 'http in', z: 'echo', url: path, method: 'get', wires: [['echo-headers']] },
    {
      id: 'echo-headers',
      type: 'change',
      z: 'echo',
      rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'req.headers', tot: 'msg' }],
      wires: [['echo-out']],
    },
    { id: 'echo-out', type: 'http response', z: 'echo', wires: [] },
  ];
}

export type EchoedHeaders = IncomingHttpHeaders;
