import {
  type ApiToken,
  apiToken,
  type CreateApiTokenRequest,
  me,
  problem,
  secondStep,
} from '@homeroom/protocol';
import * as v from 'valibot';
import { parseJson, refusalOf } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';
import { type HttpAnswer, sendRequest, type Trust } from '../http-request.ts';

export interface SignInOptions {
  readonly url: string;
  readonly trust: Trust;
  readonly username: string;
  readonly password: string;
  /** Asked for where the account has a second step. */
  readonly askCode: () => Promise<string>;
}

const codeOwed = v.looseObject({ ...problem.entries, secondStep });

/**
 * Sign in as a person does, make an API token, and sign out again: what stays is the token alone.
 *
 * @throws CliFault: 1 when the controller refuses, 3 when nobody answers
 */
export async function makeToken(options: SignInOptions, wanted: CreateApiTokenRequest): Promise<ApiToken> {
  const { cookie, csrfToken } = await signIn(options);
  const headers = { cookie, 'x-csrf-token': csrfToken };
  try {
    const answer = await send(options, '/tokens', { headers, body: wanted });
    if (answer.status !== 201) throw refusalOf(answer.status, parseJson(answer.text));
    return check(apiToken, answer);
  } finally {
    await send(options, '/sign-out', { headers, body: undefined });
  }
}

async function signIn(options: SignInOptions): Promise<{ cookie: string; csrfToken: string }> {
  const { username, password } = options;
  const first = await send(options, '/sign-in', { headers: {}, body: { username, password } });
  const owed = v.safeParse(codeOwed, parseJson(first.text));
  if (first.status !== 200 && owed.success) return await passSecondStep(options, owed.output.secondStep);
  return signedIn(first);
}

async function passSecondStep(
  options: SignInOptions,
  { kind, ticket }: v.InferOutput<typeof secondStep>,
): Promise<{ cookie: string; csrfToken: string }> {
  if (kind === 'set-up') {
    const message = `${options.username} must set up a second step first: sign in once at ${options.url}.`;
    throw new CliFault(exitCodes.failed, message);
  }
  const body = { ticket, code: await options.askCode() };
  return signedIn(await send(options, '/sign-in/second-step', { headers: {}, body }));
}

function signedIn(answer: HttpAnswer): { cookie: string; csrfToken: string } {
  if (answer.status !== 200) throw refusalOf(answer.status, parseJson(answer.text));
  const { csrfToken } = check(v.looseObject({ csrfToken: me.entries.csrfToken }), answer);
  const cookies = (answer.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0] ?? '');
  return { cookie: cookies.join('; '), csrfToken };
}

function check<S extends v.GenericSchema>(schema: S, { text }: HttpAnswer): v.InferOutput<S> {
  const parsed = v.safeParse(schema, parseJson(text));
  if (parsed.success) return parsed.output;
  throw new CliFault(exitCodes.failed, 'The server does not answer as a Homeroom controller does.');
}

function send(
  { url, trust }: Pick<SignInOptions, 'url' | 'trust'>,
  path: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: unknown },
): Promise<HttpAnswer> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return sendRequest({
    url,
    trust,
    method: 'POST',
    path: `/api/v1${path}`,
    headers: { ...headers, ...type },
    content: body === undefined ? undefined : JSON.stringify(body),
  });
}
