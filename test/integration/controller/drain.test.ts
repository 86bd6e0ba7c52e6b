/** A process that is told to stop while it is under load. */
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { Browser } from './support/browser.ts';
import { ControllerFolder } from './support/controller-process.ts';

interface Answer {
  readonly status: number | undefined;
  readonly isLast: boolean;
  readonly body: string;
}

/** One connection, as a load balancer keeps it. */
class KeptConnection {
  readonly answers: Answer[] = [];
  readonly #browser: Browser;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Ask again and again, until the answer says that the connection closes. @throws when an answer does not come whole */
  async askOn(method: string, path: string, body?: (count: number) => object): Promise<void> {
    for (;;) {
      const answer = await this.#ask(method, path, body?.(this.answers.length));
      this.answers.push(answer);
      if (answer.isLast) break;
    }
    this.#agent.destroy();
  }

  async #ask(method: string, path: string, body: object | undefined): Promise<Answer> {
    const headers = {
      ...this.#browser.changing,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request(
        `${this.#browser.origin}${path}`,
        { method, headers, agent: this.#agent },
        resolve,
      );
      sent.on('error', reject);
      sent.end(body === undefined ? '' : JSON.stringify(body));
    });
    const isLast = response.headers.connection === 'close';
    return { status: response.statusCode, isLast, body: await text(response) };
  }
}

it('answers every request that reached it, says that it is not ready, and ends', {
  timeout: 180_000,
}, async () => {
  await using folder = await ControllerFolder.make();
  const controller = folder.start();
  const { httpPort } = await controller.untilReady();
  const admin = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
  const connections = (count: number) => Array.from({ length: count }, () => new KeptConnection(admin));
  const [readers, writers, health] = [connections(8), connections(8), new KeptConnection(admin)];
  // Hashing a password takes a while: some of them run when the signal comes.
  const signers = connections(3);
  const credentials = () => ({ username: 'teacher', password: 'first password' });
  const events = await fetch(`${admin.origin}/api/v1/events`, { headers: admin.headers });
  const work = [
    ...readers.map((each) => each.askOn('GET', '/api/v1/devices')),
    ...writers.map((each, at) => each.askOn('POST', '/api/v1/rooms', (n) => ({ name: `Room ${at}-${n}` }))),
    ...signers.map((each) => each.askOn('POST', '/api/v1/sign-in', credentials)),
    health.askOn('GET', '/readyz'),
  ];
  await waitFor('the load', () =>
    [...readers, ...writers, ...signers].every(({ answers }) => answers.length > 2),
  );

  const ended = controller.stop();
  await Promise.all(work);

  const statuses = (kept: KeptConnection[]) =>
    new Set(kept.flatMap(({ answers }) => answers.map(({ status }) => status)));
  expect([...statuses(readers)]).toEqual([200]);
  expect([...statuses(writers)]).toEqual([201]);
  expect([...statuses(signers)]).toEqual([200]);
  expect(health.answers.at(-1)?.status).toBe(503);
  expect(JSON.parse(health.answers.at(-1)?.body ?? '').checks).toContainEqual({
    name: 'running',
    ok: false,
    reason: 'the process stops',
  });
  // A page that listens is let go politely: it comes back, to another process if there is one.
  await expect(events.text()).resolves.toContain('retry:');
  expect(await ended).toBe(0);

  const told = writers.flatMap(({ answers }) => answers.map(({ body }) => JSON.parse(body).name)).sort();
  const again = await folder.start().untilReady();
  const back = await Browser.signIn(`http://127.0.0.1:${again.httpPort}`, 'admin', 'first password');
  expect((await allRooms(back)).filter((name) => /-/.test(name)).sort()).toEqual(told);
});

async function allRooms(browser: Browser): Promise<string[]> {
  const names: string[] = [];
  let after = '';
  for (;;) {
    const { items, next } = await browser.ask('GET', `/rooms?limit=200${after}`);
    names.push(...items.map(({ name }: { name: string }) => name));
    if (next === null) return names;
    after = `&after=${next}`;
  }
}

it('ends at once at the second signal', { timeout: 120_000 }, async () => {
  await using folder = await ControllerFolder.make();
  const controller = folder.start();
  const { httpPort } = await controller.untilReady();
  // A request that never comes whole: the first signal alone would wait for it.
  const held = connect(httpPort, '127.0.0.1');
  held.on('error', () => held.destroy());
  held.write('POST /api/v1/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
  await once(held, 'connect');
  await (await fetch(`http://127.0.0.1:${httpPort}/healthz`)).text();
  controller.child.kill('SIGTERM');
  await waitFor('the end to begin', () => controller.stderr.includes('the controller stops'));
  controller.isKilled = true;
  controller.child.kill('SIGTERM');
  expect(await controller.untilEnd()).toBe(1);
  held.destroy();
});
