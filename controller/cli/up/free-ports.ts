import { createServer } from 'node:net';
import { HomeroomError, toError } from '@homeroom/protocol';
import { listen } from '../../listen.ts';
import { otherPorts } from './other-ports.ts';

/** A port that Homeroom is about to use. */
export interface WantedPort {
  readonly port: number;
  readonly host: string;
  /** What it is for, as in “the portal”. */
  readonly purpose: string;
  /** The option that chooses another. */
  readonly option: string;
}

/**
 * Tell at once, and in words, which ports are taken; the controller would find the first one only, and later.
 *
 * @param given the words of the command line, which the hint repeats
 * @throws HomeroomError `port_in_use` with a line for each port that is taken, and one that chooses others
 */
export async function checkPorts(wanted: readonly WantedPort[], given: readonly string[]): Promise<void> {
  const faults = await Promise.all(wanted.map(faultOf));
  const told = faults.filter((fault) => fault !== undefined);
  if (told.length === 0) return;
  const taken = wanted.filter((_, index) => faults[index] !== undefined);
  const hint = `Choose another: ${otherPorts(taken, given)}`;
  throw new HomeroomError('port_in_use', [...told, hint].join('\n'));
}

async function faultOf({ port, host, purpose, option }: WantedPort): Promise<string | undefined> {
  if (port === 0) return undefined;
  const server = createServer();
  try {
    await listen(server, { port, host, purpose, setting: option });
    return undefined;
  } catch (caught) {
    const error = toError(toError(caught).cause);
    const isTaken = 'code' in error && error.code === 'EADDRINUSE';
    const why = isTaken ? 'is taken by another program' : `cannot be used (${error.message})`;
    return `Port ${port} for ${purpose} ${why}.`;
  } finally {
    server.close();
  }
}
