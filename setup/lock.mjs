import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * One set-up at a time per checkout.
 *
 * The lock is a listening socket in Linux's abstract namespace: the kernel frees it when its holder ends in
 * whatever way, so it is never stale and needs no file. A waiter connects to it and is woken by its closing.
 */

/**
 * @param {string} folder the checkout
 * @param {{ onWait: () => void, timeoutMs: number }} options `onWait` is called once when another holds the lock
 * @returns {Promise<() => void>} frees the lock
 * @throws {Error} when it is still held after `timeoutMs`
 */
export async function takeLock(folder, { onWait, timeoutMs }) {
  const name = `\0homeroom-set-up-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  const deadline = performance.now() + timeoutMs;
  let hasWaited = false;
  while (performance.now() < deadline) {
    const free = await tryListen(name);
    if (free) return free;
    if (!hasWaited) onWait();
    hasWaited = true;
    await untilClosed(name, deadline - performance.now());
  }
  throw new Error(`another set-up has held ${folder} for ${Math.round(timeoutMs / 60_000)} minutes`);
}

/**
 * @param {string} name
 * @returns {Promise<(() => void) | undefined>} undefined when another holds it
 */
async function tryListen(name) {
  /** @type {Set<import('node:net').Socket>} */
  const waiters = new Set();
  const server = createServer((socket) => {
    waiters.add(socket);
    socket.on('error', () => socket.destroy());
    socket.unref();
  });
  server.unref();
  server.listen(name);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
  return () => {
    server.close();
    for (const waiter of waiters) waiter.destroy();
  };
}

/**
 * @param {string} name
 * @param {number} timeoutMs
 */
async function untilClosed(name, timeoutMs) {
  const socket = createConnection(name);
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  try {
    await once(socket, 'close', { signal });
  } catch {
    // Refused (just freed) or timed out: the caller tries again until its deadline.
    await delay(20);
  } finally {
    socket.destroy();
  }
}
