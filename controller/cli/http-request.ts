import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as requestPlain } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { type ConnectionOptions, rootCertificates } from 'node:tls';
import { toError } from '@homeroom/protocol';
import { CliFault } from './cli-fault.ts';
import { exitCodes } from './exit-codes.ts';

const answerTimeoutMs = 15_000;
const maxAnswerBytes = 4 * 1024 * 1024;

/** Whom a client by TLS believes. */
export interface Trust {
  /** PEM. */
  readonly certificates: readonly string[];
  /** Whether these alone are believed, whatever name the server has; else public authorities are too. */
  readonly isPinned: boolean;
}

export interface HttpRequest {
  readonly url: string;
  readonly trust: Trust;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: string | undefined;
  /** For work that takes the controller long. */
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** @throws CliFault 3 when nobody answers */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  return await ask(request, async (response) => ({
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: await readText(response),
  }));
}

/** Ask, and take the answer as it comes. @throws CliFault 3 when nobody answers, or breaks off */
export async function ask<T>(
  { url, trust, method, path, headers, content, timeoutMs = answerTimeoutMs }: HttpRequest,
  take: (response: IncomingMessage) => Promise<T>,
): Promise<T> {
  const target = new URL(path, url);
  const options = { method, signal: AbortSignal.timeout(timeoutMs), headers, ...tlsOptions(trust) };
  const send = target.protocol === 'https:' ? requestSecurely : requestPlain;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  try {
    send(target, options, resolve).on('error', reject).end(content);
    return await take(await promise);
  } catch (caught) {
    const cause = toError(caught);
    if (cause instanceof CliFault) throw cause;
    const message = `No controller answers at ${url} (${cause.message}). Is it started? HOMEROOM_DATA_DIR or HOMEROOM_URL names another one.`;
    throw new CliFault(exitCodes.unreachable, message, { cause });
  }
}

/** @returns what Node's TLS needs to believe those alone that `trust` names */
export function tlsOptions({ certificates, isPinned }: Trust): ConnectionOptions {
  if (!isPinned) return { ca: [...rootCertificates, ...certificates] };
  // A certificate that was bought has no root here: it is trusted by itself.
  return {
    ca: [...certificates],
    allowPartialTrustChain: true,
    checkServerIdentity: () => undefined,
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
