import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { CdpConnection } from './cdp-connection.ts';
import type { CdpEvent } from './cdp-protocol.ts';

describe('CdpConnection', () => {
  let clock: ManualClock;
  let fromBrowser: PassThrough;
  let sent: string[];
  let connection: CdpConnection;

  beforeEach(() => {
    clock = new ManualClock();
    fromBrowser = new PassThrough();
    const toBrowser = new PassThrough();
    sent = [];
    toBrowser.on('data', (chunk: Buffer) => sent.push(chunk.toString()));
    connection = new CdpConnection(fromBrowser, toBrowser, clock);
  });

  const answer = (message: unknown) => fromBrowser.write(`${JSON.stringify(message)}\0`);

  it('sends a command for a page and gives its answer', async () => {
    const result = connection.send('Page.navigate', { url: 'about:blank' }, { sessionId: 'page' });
    await settle();
    expect(sent).toEqual([
      '{"id":1,"method":"Page.navigate","params":{"url":"about:blank"},"sessionId":"page"}\0',
    ]);
    answer({ id: 1, result: { frameId: 'main' } });
    expect(await result).toEqual({ frameId: 'main' });
    expect(clock.waiting).toBe(0);
  });

  it('gives each answer to its own question', async () => {
    const first = connection.send('Page.enable', {});
    const second = connection.send('Target.closeTarget', { targetId: 'x' });
    answer({ id: 2, result: { success: true } });
    answer({ id: 1, result: {} });
    expect(await second).toEqual({ success: true });
    expect(await first).toEqual({});
  });

  it('passes on what the browser says against it', async () => {
    const result = connection.send('Page.enable', {});
    answer({ id: 1, error: { code: -32_000, message: 'No such page' } });
    await expect(result).rejects.toThrow('Page.enable: No such page');
  });

  it('gives up at the deadline', async () => {
    const result = connection.send('Page.enable', {}, { timeoutMs: 500 });
    const failed = expect(result).rejects.toThrow('no answer in 500 ms');
    await clock.advance(500);
    await failed;
  });

  it('gives up when it is told to', async () => {
    const abort = new AbortController();
    const result = connection.send('Page.enable', {}, { signal: abort.signal });
    abort.abort(new Error('something else is wanted'));
    await expect(result).rejects.toThrow('something else is wanted');
    expect(clock.waiting).toBe(0);
  });

  it('fails everything that waits when the pipe ends, and whatever comes after', async () => {
    const result = connection.send('Page.enable', {});
    fromBrowser.destroy();
    await expect(result).rejects.toThrow('closed its debugging pipe');
    await expect(connection.send('Page.enable', {})).rejects.toThrow('closed its debugging pipe');
  });

  it('fails everything on a message that is no JSON', async () => {
    const result = connection.send('Page.enable', {});
    fromBrowser.write('oops\0');
    await expect(result).rejects.toThrow('JSON');
  });

  it('bounds how much may wait', async () => {
    const waiting = Array.from({ length: 256 }, () => connection.send('Page.enable', {}));
    await expect(connection.send('Page.enable', {})).rejects.toThrow('owes 256 answers');
    const failed = Promise.allSettled(waiting);
    connection.close(new Error('done'));
    expect(new Set((await failed).map(({ status }) => status))).toEqual(new Set(['rejected']));
  });

  it('tells events to those who listen, until they have had enough', async () => {
    const seen: CdpEvent[] = [];
    const stop = connection.onEvent((event) => seen.push(event));
    answer({ method: 'Page.loadEventFired', params: { timestamp: 1 }, sessionId: 'page' });
    await settle();
    stop();
    answer({ method: 'Page.loadEventFired', params: { timestamp: 2 }, sessionId: 'page' });
    await settle();
    expect(seen).toEqual([{ method: 'Page.loadEventFired', params: { timestamp: 1 }, sessionId: 'page' }]);
  });
});
