import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { HomeroomError, toError } from '@homeroom/protocol';

/** A flow that answers later than this has lost the request. */
const answerTimeoutMs = 60_000;

export interface Forwarded {
  readonly socketPath: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Readable | undefined;
  /** Ends the work when whoever asked is gone. */
  readonly signal: AbortSignal;
}

/** @returns Node-RED's answer as it begins. @throws node_red_unavailable */
export async function askNodeRed(forwarded: Forwarded): Promise<IncomingMessage> {
  const { socketPath, method, url, headers, body, signal } = forwarded;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const options = { socketPath, method, path: url, headers, signal, agent: false as const };
  const outgoing = httpRequest(options, resolve).on('error', reject);
  outgoing.setTimeout(answerTimeoutMs, () => outgoing.destroy(new Error('Node-RED does not answer')));
  if (body) body.on('error', (error) => outgoing.destroy(error)).pipe(outgoing);
  else outgoing.end();
  try {
    const answer = await promise;
    // It may talk for as long as somebody listens: live pages do.
    outgoing.setTimeout(0);
    return answer;
  } catch (caught) {
    throw new HomeroomError('node_red_unavailable', undefined, { cause: toError(caught) });
  }
}
