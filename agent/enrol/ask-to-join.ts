import {
  claimUserName,
  joinTokenId,
  joinTokenProof,
  joinTokenSecretHash,
  openClaimPassword,
} from '@homeroom/protocol/join-token';
import {
  decodePayload,
  type EnrolReply,
  type EnrolRequest,
  type ErrorCode,
  errors,
  HomeroomError,
  messages,
  toError,
  topics,
} from '@homeroom/protocol/wire';
import type { Connect, Connection } from '../link/connection.ts';
import { brokerHostOf, type ControllerAddress } from './controller-address.ts';

export interface JoinRequest {
  readonly address: ControllerAddress;
  readonly caPem: string;
  /** The join token's secret; undefined when there is no token. */
  readonly secret: string | undefined;
  readonly nonce: string;
  /** Without `token`, which is made here. */
  readonly request: EnrolRequest;
  /** Called when an admin has to decide; the code is on the screen then. */
  readonly onPending: () => void;
  readonly signal: AbortSignal;
}

export type Accepted = Extract<EnrolReply, { status: 'accepted' }>;

export interface JoinLimits {
  /** Until the first answer. */
  readonly answerMs: number;
  /** Until an admin has decided. */
  readonly decisionMs: number;
}

/**
 * Ask a trusted controller for a credential of one's own, and wait for the answer.
 *
 * @throws join_token_wrong, enrolment_closed, enrolment_denied, device_identity_in_use,
 *   enrolment_timeout, or whatever the controller refuses with; broker_unavailable
 */
export async function askToJoin(connect: Connect, ask: JoinRequest, limits: JoinLimits): Promise<Accepted> {
  const connection = await openClaim(connect, ask, limits.answerMs);
  try {
    const decided = firstDecision(connection, ask, limits);
    decided.catch(() => undefined);
    await connection.subscribe([topics.enrolReply(ask.nonce)]);
    await connection.publish(topics.enrolRequest(ask.nonce), JSON.stringify(withProof(ask)), {
      qos: 1,
      retain: false,
    });
    return await decided;
  } finally {
    await connection.end();
  }
}

function withProof({ request, secret, nonce }: JoinRequest): EnrolRequest {
  if (secret === undefined) return request;
  const proof = joinTokenProof(joinTokenSecretHash(secret), nonce, request.device);
  return { ...request, token: { id: joinTokenId(secret), proof } };
}

async function openClaim(connect: Connect, ask: JoinRequest, timeoutMs: number): Promise<Connection> {
  const { address, caPem, secret, nonce, signal } = ask;
  try {
    return await connect({
      host: brokerHostOf(address),
      port: address.mqttPort,
      caPem,
      clientId: `enrol-${nonce}`,
      username: claimUserName(secret),
      password: secret ?? openClaimPassword,
      timeoutMs,
      signal,
    });
  } catch (caught) {
    throw claimFault(toError(caught), secret !== undefined);
  }
}

/** The broker refuses a claim as it refuses any credential; here that is about the token. */
function claimFault(error: Error, hasToken: boolean): Error {
  const isRefused =
    error instanceof HomeroomError &&
    (error.code === 'device_credential_wrong' || error.code === 'device_revoked');
  if (!isRefused) return error;
  return new HomeroomError(hasToken ? 'join_token_wrong' : 'enrolment_closed', undefined, { cause: error });
}

function firstDecision(connection: Connection, ask: JoinRequest, limits: JoinLimits): Promise<Accepted> {
  const { promise, resolve, reject } = Promise.withResolvers<Accepted>();
  const giveUp = (afterMs: number) =>
    setTimeout(
      () => reject(new HomeroomError('enrolment_timeout', `no answer for ${afterMs / 1000} s`)),
      afterMs,
    );
  const onAbort = () => reject(toError(ask.signal.reason));
  let timer = giveUp(limits.answerMs);
  ask.signal.addEventListener('abort', onAbort, { once: true });
  connection.onClose(() =>
    reject(new HomeroomError('broker_unavailable', 'the connection closed before an answer')),
  );
  connection.onMessage(({ topic, payload }) => {
    if (topic !== topics.enrolReply(ask.nonce)) return;
    const decoded = decodePayload(messages['enrol-reply'], payload);
    if (!decoded.ok) return reject(new HomeroomError(decoded.code, decoded.reason));
    const reply = decoded.value;
    if (reply.status === 'accepted') return resolve(reply);
    if (reply.status === 'refused') return reject(refusal(reply.error));
    clearTimeout(timer);
    timer = giveUp(limits.decisionMs);
    ask.onPending();
  });
  return promise.finally(() => {
    clearTimeout(timer);
    ask.signal.removeEventListener('abort', onAbort);
  });
}

function refusal(fault: { code: string; message: string }): HomeroomError {
  const code = isErrorCode(fault.code) ? fault.code : 'enrolment_denied';
  return new HomeroomError(code, fault.message);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
