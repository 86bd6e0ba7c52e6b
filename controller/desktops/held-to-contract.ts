/**
 * Holds a provider to its port. A call that does not end when its signal fires is left alone, and what it answers later
 * is heard by nobody; an answer that is none is an error, so that no nonsense comes into a record.
 */
import { HomeroomError, toError } from '@homeroom/protocol';
import * as v from 'valibot';
import type { DesktopSpec, ListedDesktop, Progress, Provider, StreamAddress } from './provider.ts';

const maxReasonLength = 1_000;

/** PostgreSQL keeps no NUL. */
const reason = v.pipe(
  v.string(),
  v.transform((text) => text.replaceAll('\0', '').toWellFormed().slice(0, maxReasonLength)),
);
const progressSchema = v.object({
  state: v.picklist(['working', 'ready', 'cold', 'failed', 'gone']),
  ref: v.optional(v.pipe(v.unknown(), v.check(isKeepable))),
  hostId: v.optional(v.string()),
  reason: v.optional(reason),
});
const streamSchema = v.object({
  kind: v.literal('vnc'),
  via: v.union([v.object({ unix: v.string() }), v.object({ tunnel: v.string() })]),
  secret: v.string(),
});

/** @returns the same provider, of which every call ends by its signal with an answer that is one */
export function heldToContract(provider: Provider): Provider {
  const ask = async (call: () => Promise<Progress>, signal: AbortSignal): Promise<Progress> =>
    understood(progressSchema, await endedBy(signal, call));
  type Step = 'create' | 'warm' | 'cool' | 'poll' | 'delete';
  const step = (name: Step) => (desktop: DesktopSpec, signal: AbortSignal) =>
    ask(() => provider[name](desktop, signal), signal);
  return {
    name: provider.name,
    hasCold: provider.hasCold,
    create: step('create'),
    warm: step('warm'),
    cool: step('cool'),
    poll: step('poll'),
    delete: step('delete'),
    assign: async (desktop, assignment, signal): Promise<StreamAddress> =>
      understood(streamSchema, await endedBy(signal, () => provider.assign(desktop, assignment, signal))),
    list: async (signal) => checkList(await endedBy(signal, () => provider.list(signal))),
  };
}

/** @throws provider_failed when the signal's time is over first; its reason when it fires otherwise */
async function endedBy<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: fired, reject } = Promise.withResolvers<never>();
  const fire = () => reject(endOf(signal));
  signal.addEventListener('abort', fire, { once: true });
  try {
    return await Promise.race([call(), fired]);
  } catch (caught) {
    throw signal.aborted ? endOf(signal) : caught;
  } finally {
    signal.removeEventListener('abort', fire);
  }
}

function endOf(signal: AbortSignal): Error {
  const cause = toError(signal.reason);
  if (cause.name !== 'TimeoutError') return cause;
  return new HomeroomError('provider_failed', 'The provider did not answer in time.', { cause });
}

function understood<S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new HomeroomError('provider_failed', 'The provider answered something that is no answer.', {
    cause: new v.ValiError(parsed.issues),
  });
}

/** By hand: ten thousand entries are listed every few seconds. */
function checkList(answer: readonly ListedDesktop[] | null | undefined): ListedDesktop[] {
  const isList = Array.isArray(answer) && answer.every((entry) => typeof entry?.id === 'string');
  if (isList) return answer;
  throw new HomeroomError('provider_failed', 'The provider listed something that is no list of desktops.');
}

/** Whether it comes back from the database as it went in. */
function isKeepable(ref: unknown): boolean {
  try {
    return ref === undefined || !(JSON.stringify(ref) ?? '\\u0000').includes('\\u0000');
  } catch {
    // A circle, or a BigInt.
    return false;
  }
}
