import { EventEmitter } from 'node:events';
import { Server } from 'node:net';
import { listen } from '@homeroom/controller/listen.ts';
import { expect, it } from 'vitest';

const attempt = { host: '::', port: 80, purpose: 'HTTP', setting: 'HOMEROOM_PORT' };

/** A server that cannot have some addresses. */
class FakeServer extends Server {
  readonly tried: string[] = [];
  readonly #faults: Readonly<Record<string, string>>;

  constructor(faults: Readonly<Record<string, string>>) {
    super();
    this.#faults = faults;
  }

  override listen(...args: unknown[]): this {
    const [, host, done] = args;
    this.tried.push(String(host));
    const code = this.#faults[String(host)];
    if (code !== undefined)
      EventEmitter.prototype.emit.call(this, 'error', Object.assign(new Error(code), { code }));
    else if (typeof done === 'function') done();
    return this;
  }
}

it('listens where it was told to', async () => {
  const server = new FakeServer({});
  await listen(server, attempt);
  expect(server.tried).toEqual(['::']);
  expect(server.listenerCount('error')).toBe(0);
});

it('takes every IPv4 address where there is no IPv6', async () => {
  const server = new FakeServer({ '::': 'EAFNOSUPPORT' });
  await listen(server, attempt);
  expect(server.tried).toEqual(['::', '0.0.0.0']);
});

it('takes no other address for one that was named', async () => {
  const server = new FakeServer({ '::1': 'EADDRNOTAVAIL' });
  await expect(listen(server, { ...attempt, host: '::1' })).rejects.toMatchObject({ code: 'config_invalid' });
});

it('tells a taken port', async () => {
  const server = new FakeServer({ '::': 'EADDRINUSE' });
  await expect(listen(server, attempt)).rejects.toMatchObject({ code: 'port_in_use' });
});
