import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '@homeroom/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { SignIns } from './fake-api/caller.ts';
import { Classroom } from './fake-api/classroom.ts';
import { FakeVnc } from './fake-api/fake-vnc.ts';
import { Refusal, sendProblem } from './fake-api/problem.ts';
import { routes } from './fake-api/routes.ts';
import { sendPage } from './fake-api/static-pages.ts';

export interface FakeApiOptions {
  /** The folder that `vite build` fills. */
  readonly webDir: string;
  /** Serves a stream in place of the fake VNC server. */
  readonly serveStream?: (socket: WebSocket, session: string) => void;
  /** A JPEG of what a device shows. */
  readonly snapshot?: (device: string) => Promise<Buffer>;
}

/** The controller as the pages see it, in memory: API, live events, built pages, streams. */
export class FakeApi {
  readonly classroom = new Classroom();
  readonly vnc = new FakeVnc();
  readonly signIns = new SignIns();
  readonly #options: FakeApiOptions;
  readonly #server: Server;
  readonly #streams = new WebSocketServer({ noServer: true, handleProtocols: () => 'binary' });
  /** While true, every request is broken off, as by a controller that is down. */
  isAway = false;
  /** Names the refusal that a request gets; undefined lets it through. */
  refuse: (method: string, path: string) => ErrorCode | undefined = () => undefined;

  constructor(options: FakeApiOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.isAway) {
        socket.destroy();
        return;
      }
      this.#streams.handleUpgrade(request, socket, head, (stream) =>
        this.#serveStream(stream, request.url ?? ''),
      );
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(port = 0): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    for (const stream of this.#streams.clients) stream.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The controller goes down: open connections break, new ones are refused. */
  goAway(): void {
    this.isAway = true;
    for (const stream of this.#streams.clients) stream.terminate();
    this.#server.closeAllConnections();
  }

  comeBack(): void {
    this.isAway = false;
  }

  #serveStream(stream: WebSocket, url: string): void {
    const session = url.split('/')[2] ?? '';
    if (this.#options.serveStream) this.#options.serveStream(stream, session);
    else this.vnc.serve(stream);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isAway) {
      request.socket.destroy();
      return;
    }
    const url = new URL(request.url ?? '/', this.origin);
    try {
      if (url.pathname === '/healthz') response.end('ok');
      else if (!url.pathname.startsWith('/api/v1/'))
        await sendPage(this.#options.webDir, url.pathname, response);
      else await this.#answerApi(request, response, url);
    } catch (error) {
      sendProblem(response, error instanceof Refusal ? error : new Refusal('internal', String(error)));
    }
  }

  async #answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice('/api/v1/'.length);
    const name = `${request.method} ${path}`;
    const caller = this.signIns.of(request);
    if (name === 'GET events') return this.#sendEvents(request, response);
    if (name === 'GET me') {
      const { user, kiosk, csrfToken } = caller;
      return send(response, 200, { user, kiosk: kiosk && this.#kioskOf(kiosk), csrfToken });
    }
    if (name === 'GET sign-in/ways') return send(response, 200, { oidc: null });
    if (name === 'POST sign-in') return this.#signIn(request, response, caller.kiosk);
    if (!caller.user && !caller.kiosk) throw new Refusal('sign_in_required');
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== caller.csrfToken)
      throw new Refusal('csrf_token_wrong');
    if (name === 'POST sign-out') {
      this.signIns.remove(request);
      return send(response, 204);
    }
    const refused = this.refuse(request.method ?? '', path);
    if (refused) throw new Refusal(refused);
    const [collection, id = '', leaf] = partsOf(path);
    if (leaf === 'snapshot') return this.#sendSnapshot(response, id);
    const shape = [collection, ...(id ? [':id'] : []), ...(leaf ? [leaf] : [])].join('/');
    const route = routes[`${request.method} ${path}`] ?? routes[`${request.method} ${shape}`];
    if (!route) throw new Refusal('not_found');
    const body = await bodyOf(request);
    const answer = route({ classroom: this.classroom, caller, id, body, query: url.searchParams });
    send(response, answer === undefined ? 204 : 200, answer);
  }

  async #signIn(request: IncomingMessage, response: ServerResponse, kiosk: string | null): Promise<void> {
    const { username, password } = await bodyOf(request);
    const person = this.classroom.users.find((user) => user.username === username);
    if (!person || person.password !== password) throw new Refusal('sign_in_failed');
    const { password: _, ...user } = person;
    const { value, csrfToken } = this.signIns.add(user, kiosk);
    response.setHeader('set-cookie', `session=${value}; Path=/; HttpOnly; SameSite=Strict`);
    send(response, 200, { user, kiosk: kiosk && this.#kioskOf(kiosk), csrfToken });
  }

  #kioskOf(device: string) {
    const seat = this.classroom.seats.find((each) => each.device === device);
    return { device, seat: seat?.id ?? null, seatName: seat?.name ?? null };
  }

  #sendEvents(request: IncomingMessage, response: ServerResponse): void {
    const { user, kiosk } = this.signIns.of(request);
    if (!user && !kiosk) throw new Refusal('sign_in_required');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    const unsubscribe = this.classroom.subscribe((change) => {
      response.write(`event: change\ndata: ${JSON.stringify(change)}\n\n`);
    });
    response.on('close', unsubscribe);
  }

  async #sendSnapshot(response: ServerResponse, device: string): Promise<void> {
    const picture = await this.#options.snapshot?.(device);
    if (!picture) throw new Refusal('hardware_absent');
    response.writeHead(200, { 'content-type': 'image/jpeg' });
    response.end(picture);
  }
}

function send(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (request.headers['content-type'] === 'application/octet-stream') return { text };
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** @returns collection, id and what is asked of it; messages stand below the kiosk */
function partsOf(path: string): string[] {
  const [first = '', second = '', ...rest] = path.split('/');
  return first === 'kiosk' && rest.length > 1 ? [`${first}/${second}`, ...rest] : [first, second, ...rest];
}
