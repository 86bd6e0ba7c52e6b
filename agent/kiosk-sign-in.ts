import { request } from 'node:https';
import { decodeValue, HomeroomError, toError } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import type { Credential } from './enrol/credential-file.ts';
import type { KioskCookie } from './kiosk/kiosk-port.ts';
import { pinnedTls } from './link/tls-trust.ts';

const answer = v.looseObject({
  cookie: v.looseObject({
    name: v.pipe(v.string(), v.minLength(1)),
    value: v.pipe(v.string(), v.minLength(1)),
    expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  }),
});

const timeoutMs = 10_000;
const maxAnswerBytes = 16_384;

/**
 * Sign the kiosk's browser in as this device.
 *
 * @returns the cookie to set in the browser
 * @throws device_credential_wrong when the controller does not take the credential, broker_unavailable
 *   when it does not answer
 */
export async function signInKiosk(credential: Credential, signal?: AbortSignal): Promise<KioskCookie> {
  const { status, body } = await post(credential, '/api/v1/kiosk/sign-in', signal);
  if (status === 401 || status === 403) throw new HomeroomError('device_credential_wrong');
  const decoded = decodeValue(answer, parseJson(body));
  if (status >= 300 || !decoded.ok)
    throw new HomeroomError('broker_unavailable', `kiosk sign-in answered ${status}`);
  const { name, value, expiresAt } = decoded.value.cookie;
  return { name, value, expiresAt: new Date(expiresAt) };
}

function post(
  credential: Credential,
  path: string,
  signal?: AbortSignal,
): Promise<{ status: number; body: string }> {
  const { device, password, host, httpPort, caPem } = credential;
  const deadline = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const fail = (caught: unknown) =>
      reject(
        new HomeroomError('broker_unavailable', `${host}:${httpPort} does not answer by HTTP`, {
          cause: toError(caught),
        }),
      );
    const call = request(
      {
        ...pinnedTls(caPem),
        method: 'POST',
        host,
        port: httpPort,
        path,
        auth: `${device}:${password}`,
        headers: { 'content-length': 0 },
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          body += text;
          if (body.length > maxAnswerBytes) response.destroy(new Error('the answer is too large'));
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', fail);
      },
    );
    call.on('error', fail);
    call.end();
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
