import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HomeroomError, toError } from '@homeroom/protocol/wire';
import { formatHostPort } from './enrol/controller-address.ts';
import type { Credential } from './enrol/credential-file.ts';
import { pinnedTls } from './link/tls-trust.ts';

/**
 * The controller's files by HTTPS: with the device's credential, and over the pinned CA, as everything else.
 * Redirects are not followed: the credential is for one controller alone.
 */
export class ControllerHttp {
  readonly #credential: () => Credential | undefined;

  constructor(credential: () => Credential | undefined) {
    this.#credential = credential;
  }

  /**
   * @param path of the controller's own
   * @returns the body as it comes; whoever takes it reads it to its end or destroys it
   * @throws broker_unavailable when the controller does not answer, or not with what was asked for
   */
  async get(path: string, signal: AbortSignal): Promise<Readable> {
    const { call, answered } = this.#open(path, { method: 'GET', signal });
    call.end();
    const answer = await answered;
    if (answer.statusCode === 200) return answer;
    answer.destroy();
    throw refused(`GET ${path}`, answer);
  }

  /**
   * @param body exactly `sizeBytes` of it
   * @throws broker_unavailable when the controller does not answer, or does not take it
   */
  async put(
    path: string,
    body: { content: Readable; sizeBytes: number; mediaType: string },
    signal: AbortSignal,
  ): Promise<void> {
    const headers = { 'content-type': body.mediaType, 'content-length': body.sizeBytes };
    const { call, answered } = this.#open(path, { method: 'PUT', headers, signal });
    // A controller that refuses answers before it has read all, and closes then: its answer counts, not the broken pipe.
    const sent = pipeline(body.content, call).catch(toError);
    const answer = await answered;
    answer.resume();
    if (Math.floor((answer.statusCode ?? 0) / 100) !== 2) {
      call.destroy();
      throw refused(`PUT ${path}`, answer);
    }
    const fault = await sent;
    if (fault) throw unreachable(path, fault);
  }

  #open(path: string, options: RequestOptions) {
    const credential = this.#credential();
    if (!credential)
      throw new HomeroomError('broker_unavailable', 'this device has not joined a controller yet');
    const { device, password, host, httpPort, caPem } = credential;
    const call = request({
      ...pinnedTls(caPem),
      ...options,
      host,
      port: httpPort,
      path,
      auth: `${device}:${password}`,
    });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve);
      call.once('error', (error) => reject(unreachable(formatHostPort(host, httpPort), error)));
    });
    // Whoever writes the body hears of a fault by that first.
    answered.catch(() => undefined);
    return { call, answered };
  }
}

function refused(what: string, { statusCode }: IncomingMessage): HomeroomError {
  return new HomeroomError('broker_unavailable', `${what} was answered ${statusCode}`);
}

function unreachable(whom: string, cause: Error): HomeroomError {
  return new HomeroomError('broker_unavailable', `${whom} does not answer by HTTP: ${cause.message}`, {
    cause,
  });
}
