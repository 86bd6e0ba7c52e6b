import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamAddress } from '@homeroom/controller/desktops/provider.ts';
import { loadOrCreateCertificates } from '@homeroom/controller/fleet/certificates.ts';
import { Gateway } from '@homeroom/controller/gateway/gateway.ts';
import type { StreamHolder, StreamRight, StreamView } from '@homeroom/controller/gateway/ports.ts';
import { StreamDialer } from '@homeroom/controller/gateway/stream-dialer.ts';
import { Tunnels } from '@homeroom/controller/gateway/tunnels.ts';
import {
  type Change,
  type ErrorCode,
  HomeroomError,
  type Session,
  type StreamPurpose,
} from '@homeroom/protocol';
import { pino } from 'pino';
import { createWebSocketStream, WebSocket } from 'ws';

export const sessionId = '5f0c0000-0000-4000-8000-000000000001';
export const desktopId = '5f0c0000-0000-4000-8000-000000000002';

/** What the fakes behind a gateway saw and will answer. */
export class Backstage {
  address: StreamAddress | HomeroomError = new HomeroomError('session_not_ready');
  /** Queued, so that a stream without an address is refused at once. */
  state: Session['state'] = 'waiting';
  maySee = true;
  isSignedIn = true;
  holder: StreamHolder = { deviceId: null, userId: 'user-1', signInHash: 'hash-1' };
  readonly tickets = new Set(['ticket-1', 'ticket-2']);
  /** What the tickets are for. */
  right: StreamRight = { purpose: 'own', broadcastId: null };
  /** Those that stand, by their ids. */
  readonly views = new Map<string, StreamView>();
  viewEndsInMs: number | null = null;
  beforeRedeem: () => Promise<void> = async () => undefined;
  /** For what purposes it was asked whether they are allowed. */
  readonly rightsAsked: StreamPurpose[] = [];
  readonly counted: string[] = [];
  inputs = 0;
  addressesAsked = 0;
  readonly ended: (ErrorCode | null)[] = [];
  bytes = 0;
  closeFaults = 0;
  readonly listeners = new Set<(change: Change) => void>();
  tunnelAsked: ((args: { path: string; ticket: string }) => void) | undefined;

  announce(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  session(): Session {
    return {
      id: sessionId,
      user: 'user-1',
      username: 'student',
      template: 'desktop',
      state: this.state,
      desktop: desktopId,
      seat: null,
      url: `/desktop/${sessionId}`,
      place: null,
      estimateS: null,
      steps: [],
      reason: null,
      endReason: this.state === 'ended' ? 'logout' : null,
      startedAt: new Date(0).toISOString(),
      endedAt: null,
      endsAt: null,
      endsBy: null,
      warning: 0,
      mayKeep: false,
      trouble: null,
    };
  }
}

export interface TestGateway extends AsyncDisposable {
  readonly backstage: Backstage;
  readonly gateway: Gateway;
  readonly tunnels: Tunnels;
  readonly port: number;
  open(ticket?: string): WebSocket;
}

/** A real gateway on a real port; sessions, tickets and the device's commands are fakes. */
export async function startTestGateway({ isSecure = false } = {}): Promise<TestGateway> {
  const backstage = new Backstage();
  const tunnels = new Tunnels({
    send: async (_device, _name, args) => {
      backstage.tunnelAsked?.(args);
      return {};
    },
  });
  const gateway = createGateway(backstage, tunnels);
  gateway.start();
  const server = (isSecure ? createSecureServer(await certificate()) : createServer()).on(
    'upgrade',
    (request, socket, head) => {
      const url = new URL(request.url ?? '/', 'http://x');
      const tunnel = /^\/api\/v1\/tunnels\/(.+)$/.exec(url.pathname)?.[1];
      if (tunnel) {
        const bearer = request.headers.authorization?.slice('Bearer '.length);
        try {
          tunnels.accept(tunnel, bearer, request, socket, head);
        } catch {
          socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        }
        return;
      }
      gateway.accept(request, socket, head, {
        sessionId,
        ticket: url.searchParams.get('ticket') ?? '',
        holder: backstage.holder,
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    backstage,
    gateway,
    tunnels,
    port,
    open: (ticket = 'ticket-1') =>
      new WebSocket(`${isSecure ? 'wss' : 'ws'}://127.0.0.1:${port}/?ticket=${ticket}`, ['binary'], {
        rejectUnauthorized: false,
      }),
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function certificate(): Promise<{ cert: string; key: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-gateway-'));
  const { certPem, keyPem } = await loadOrCreateCertificates(dir);
  await rm(dir, { recursive: true });
  return { cert: certPem, key: keyPem };
}

function createGateway(backstage: Backstage, tunnels: Tunnels): Gateway {
  return new Gateway({
    sessions: {
      get: async () => backstage.session(),
      streamOf: async () => {
        backstage.addressesAsked += 1;
        if (backstage.address instanceof HomeroomError) throw backstage.address;
        return backstage.address;
      },
      streamOpened: async () => void backstage.counted.push('opened'),
      streamClosed: async () => {
        if (backstage.closeFaults-- > 0) throw new HomeroomError('database_unavailable');
        backstage.counted.push('closed');
      },
      inputSeen: async () => void backstage.inputs++,
    },
    tickets: {
      redeem: async (ticket) => {
        await backstage.beforeRedeem();
        if (!backstage.tickets.delete(ticket)) throw new HomeroomError('ticket_invalid');
        return backstage.right;
      },
    },
    permission: {
      maySee: async () => backstage.maySee,
      rightTo: async (_holder, _session, purpose) => {
        backstage.rightsAsked.push(purpose);
        return backstage.maySee ? backstage.right : undefined;
      },
    },
    views: fakeViews(backstage),
    signIns: { isSignedIn: async () => backstage.isSignedIn },
    dialer: new StreamDialer(tunnels),
    changes: {
      announce: (change) => backstage.announce(change),
      subscribe: (listener) => {
        backstage.listeners.add(listener);
        return () => backstage.listeners.delete(listener);
      },
    },
    metrics: {
      opened: () => undefined,
      ended: (code) => void backstage.ended.push(code),
      bytes: (_direction, count) => {
        backstage.bytes += count;
      },
    },
    logger: pino({ level: 'silent' }),
  });
}

function fakeViews(backstage: Backstage) {
  const { views } = backstage;
  let count = 0;
  return {
    open: async (view: StreamView) => {
      const holding = [...views.values()].some(({ purpose }) => purpose === 'control');
      if (view.purpose === 'control' && holding) throw new HomeroomError('control_taken');
      count += 1;
      const id = `view-${count}`;
      views.set(id, view);
      return { id, endsInMs: backstage.viewEndsInMs };
    },
    renew: async (ids: readonly string[]) => new Set(ids.filter((id) => views.has(id))),
    close: async (id: string) => void views.delete(id),
  };
}

/** @returns the stream inside a WebSocket, for a VNC viewer. */
export function streamIn(webSocket: WebSocket) {
  const stream = createWebSocketStream(webSocket);
  // Its end is what tests look at; the error of a cut connection is not.
  stream.on('error', () => undefined);
  return stream;
}

/** @returns how a WebSocket was closed. */
export async function closeOf(webSocket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = await once(webSocket, 'close', { signal: AbortSignal.timeout(30_000) });
  return { code: Number(code), reason: String(reason) };
}

/** Wait for a condition, with a deadline. */
export async function until(isTrue: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error(`not so within ${timeoutMs} ms: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
