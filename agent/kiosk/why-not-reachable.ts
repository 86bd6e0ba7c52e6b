import { createConnection } from 'node:net';
import type { Clock } from '../clock.ts';

const timeoutMs = 3_000;

/**
 * Does anything listen at this origin? Asked before the browser goes there, as a page that fails leaves the
 * browser's own error page on the screen for a moment.
 *
 * @param origin `http(s)://host[:port]`
 * @returns undefined when something does, else why not, in the words of the system
 */
export function whyNotReachable(origin: string, clock: Clock): Promise<string | undefined> {
  const { hostname, port, protocol } = new URL(origin);
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname.replace(/^\[|\]$/g, ''), port: number });
    const finish = (reason: string | undefined) => {
      cancel();
      socket.destroy();
      resolve(reason);
    };
    const cancel = clock.after(timeoutMs, () => finish(`${origin} does not answer within 3 s`));
    socket.once('connect', () => finish(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(`${origin}: ${error.code ?? error.message}`));
  });
}
