import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { Gateway } from '@homeroom/controller/gateway/gateway.ts';
import { StreamDialer } from '@homeroom/controller/gateway/stream-dialer.ts';
import { Tunnels } from '@homeroom/controller/gateway/tunnels.ts';
import type { HealthCheck } from '@homeroom/controller/http/health.ts';
import { Metrics } from '@homeroom/controller/http/metrics.ts';
import type { Once } from '@homeroom/controller/http/once.ts';
import { HttpServer } from '@homeroom/controller/http/server.ts';
import type { Services } from '@homeroom/controller/http/services.ts';
import { QueryLimit } from '@homeroom/controller/store/query-limit.ts';
import { type Change, HomeroomError, type Problem } from '@homeroom/protocol';
import { pino } from 'pino';
import { fakeServices } from './fake-services.ts';

export interface TestServer extends AsyncDisposable {
  readonly server: HttpServer;
  readonly origin: string;
  readonly certificates: Certificates;
  announce(change: Change): void;
  /** How many listen to changes. */
  readonly listeners: Set<(change: Change) => void>;
  fetch(path: string, options?: FetchOptions): Promise<Answered>;
}

export interface FetchOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: unknown;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as a problem document. @throws when it is none */
  problem(): Problem;
  json(): unknown;
}

export interface TestServerOptions {
  readonly services?: Partial<Services>;
  readonly checks?: readonly HealthCheck[];
  readonly webDir?: string;
  /** Does what creates as often as it is asked, unless given. */
  readonly once?: Once;
  readonly port?: number;
  readonly metrics?: 'admin' | 'loopback';
}

const logger = pino({ level: 'silent' });

/** The real HTTP server on a free port of loopback; what stands behind it is fake. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-http-'));
  const certificates = await loadOrCreateCertificates(dir);
  const listeners = new Set<(change: Change) => void>();
  const changes = {
    announce: (change: Change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const services = fakeServices(options.services);
  const metrics = new Metrics();
  const tunnels = new Tunnels({ send: async () => ({}) });
  const gateway = new Gateway({
    sessions: {
      get: services.sessions.get,
      streamOf: async () => {
        throw new HomeroomError('stream_unreachable');
      },
      streamOpened: async () => undefined,
      streamClosed: async () => undefined,
      inputSeen: async () => undefined,
    },
    tickets: {
      redeem: async (ticket) => {
        if (ticket !== 'ticket') throw new HomeroomError('ticket_invalid');
        return { purpose: 'own', broadcastId: null };
      },
    },
    permission: services.streamPermission,
    views: {
      open: async () => ({ id: 'view', endsInMs: null }),
      renew: async (ids) => new Set(ids),
      close: async () => undefined,
    },
    signIns: { isSignedIn: async () => true },
    dialer: new StreamDialer(tunnels),
    changes,
    metrics: metrics.gateway(),
    logger,
  });
  const server = new HttpServer({
    config: { listen: '127.0.0.1', port: options.port ?? 0, metrics: options.metrics ?? 'admin' },
    certificate: certificates,
    services,
    once: options.once ?? {
      run: async (_request, work) => ({ ...(await work()), isReplay: false }),
    },
    edits: { within: (_path, work) => work() },
    changes,
    queryLimit: new QueryLimit(),
    gateway,
    tunnels,
    mqtt: undefined,
    checks: options.checks ?? [],
    metrics,
    webDir: options.webDir ?? join(dir, 'no-pages'),
    version: '0.0.0',
    logger,
  });
  await server.start();
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    server,
    origin,
    certificates,
    listeners,
    announce: changes.announce,
    fetch: (path, fetchOptions) => ask(`${origin}${path}`, fetchOptions),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await gateway.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function ask(
  url: string,
  { method = 'GET', headers = {}, body }: FetchOptions = {},
): Promise<Answered> {
  const isJson = body !== undefined && typeof body !== 'string';
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : String(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text),
    problem: () => {
      if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
        throw new Error(`no problem document but ${response.status}: ${text}`);
      }
      return JSON.parse(text);
    },
  };
}

/** The same over TLS, with the controller's own CA. */
export function fetchSecurely(
  test: TestServer,
  path: string,
): Promise<{ status: number; cookies: string[] }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; cookies: string[] }>();
  const options = {
    ca: test.certificates.caPem,
    checkServerIdentity: () => undefined,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  };
  request(`https://127.0.0.1:${test.server.port}${path}`, options, (response) => {
    response.resume();
    resolve({ status: response.statusCode ?? 0, cookies: response.headers['set-cookie'] ?? [] });
  })
    .on('error', reject)
    .end(JSON.stringify({ username: 'student', password: 'right' }));
  return promise;
}

/** Headers of a browser in which somebody is signed in, at one of our pages. */
export function asRole(role: 'student' | 'teacher' | 'admin'): Record<string, string> {
  return { cookie: `homeroom_session=cookie-${role}`, 'x-csrf-token': `csrf-${role}` };
}

export const asKiosk = { cookie: 'homeroom_kiosk=kiosk-cookie', 'x-csrf-token': 'csrf-kiosk' };
