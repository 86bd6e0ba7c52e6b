import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@homeroom/agent/clock.ts';
import { createKiosk, type Kiosk, type KioskOptions, type KioskStatus } from '@homeroom/agent/kiosk/kiosk.ts';
import { silentLog } from '@homeroom/agent/log.ts';
import { waitFor } from '../../support/wait-for.ts';

export interface Visit {
  readonly path: string;
  readonly cookie: string | undefined;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A played controller and a kiosk with a real browser. Everything is gone after `end`. */
export class KioskStage {
  readonly dataDir: string;
  /** What browsers asked for, but for their icons. */
  readonly visits: Visit[] = [];
  readonly statuses: KioskStatus[] = [];
  readonly crashes: string[] = [];
  kiosk: Kiosk;
  /** How the controller answers; a test may put its own. */
  answer: Answer = answerWithPath;
  #server: Server;
  #port = 0;

  private constructor(dataDir: string, options: Partial<KioskOptions>) {
    this.dataDir = dataDir;
    this.#server = createServer();
    this.kiosk = this.makeKiosk(options);
  }

  static async open(options: Partial<KioskOptions> = {}): Promise<KioskStage> {
    const stage = new KioskStage(await mkdtemp(join(tmpdir(), 'homeroom-kiosk-')), options);
    await stage.startController();
    return stage;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  makeKiosk(options: Partial<KioskOptions> = {}): Kiosk {
    const kiosk = createKiosk({
      dataDir: this.dataDir,
      controllerOrigin: () => this.origin,
      allowedOrigins: [],
      pinnedSpki: () => [],
      kioskCookie: async () => undefined,
      headless: true,
      size: { width: 960, height: 600 },
      log: silentLog,
      clock: systemClock,
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: this.dataDir },
      ...options,
    });
    kiosk.onStatus((status) => this.statuses.push(status));
    kiosk.onCrash((reason) => this.crashes.push(reason));
    return kiosk;
  }

  /** On the same port again, when it was stopped before. */
  async startController(): Promise<void> {
    this.#server = createServer((request, response) => {
      const path = request.url ?? '';
      if (path !== '/favicon.ico') this.visits.push({ path, cookie: request.headers.cookie });
      this.answer(request, response);
    });
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stopController(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async waitForVisit(path: string): Promise<Visit> {
    return waitFor(`a visit of ${path}`, () => this.visits.find((visit) => visit.path === path));
  }

  async waitForState(state: KioskStatus['state']): Promise<KioskStatus> {
    return waitFor(`the kiosk is ${state}`, () => this.kiosk.status.state === state && this.kiosk.status);
  }

  /** @returns the number of the browser's process, as the kiosk noted it */
  async browserPid(): Promise<number> {
    const text = await readFile(join(this.dataDir, 'kiosk-browser.json'), 'utf8');
    return (JSON.parse(text) as { pid: number }).pid;
  }

  async end(): Promise<void> {
    await this.kiosk.stop();
    await this.stopController();
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A page that shows its own path. */
export const answerWithPath: Answer = (request, response) => answerWith(response, `<h1>${request.url}</h1>`);

export function answerWith(response: ServerResponse, body: string, status = 200): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<!doctype html><title>test</title>${body}`);
}
