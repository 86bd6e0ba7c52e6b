import { expect, it } from 'vitest';
import { heldToContract } from './held-to-contract.ts';
import type { Assignment, DesktopSpec, Progress, Provider } from './provider.ts';

const desktop: DesktopSpec = {
  id: 'd',
  templateId: 't',
  settings: {},
  kind: null,
  ref: null,
  hostId: null,
  isAssigned: false,
};
const assignment: Assignment = {
  sessionId: 's',
  user: { id: 'u', displayName: 'U', account: 'u', posixUid: 20_000 },
  secret: 'secret12',
};
const never = () => new Promise<never>(() => undefined);
const noSignal = new AbortController().signal;

/** Answers every call the same, whatever its type says. */
function providerThatAnswers(answer: unknown): Provider {
  const call = () => Promise.resolve(answer as never);
  return providerOf(call);
}

function providerOf(call: () => Promise<never>): Provider {
  return {
    name: 'odd',
    hasCold: true,
    create: call,
    warm: call,
    cool: call,
    poll: call,
    assign: call,
    delete: call,
    list: call,
  };
}

it('passes on answers that are some', async () => {
  const answer: Progress = { state: 'ready', ref: { vm: 101 }, hostId: 'pi-1', reason: 'so' };
  expect(await heldToContract(providerThatAnswers(answer)).create(desktop, noSignal)).toEqual(answer);
  const stream = { kind: 'vnc', via: { unix: '/run/x' }, secret: 'secret12' };
  const held = heldToContract(providerThatAnswers(stream));
  expect(await held.assign(desktop, assignment, noSignal)).toEqual(stream);
  expect(await heldToContract(providerThatAnswers([{ id: 'd' }])).list(noSignal)).toEqual([{ id: 'd' }]);
});

it.each([
  undefined,
  null,
  'ready',
  [],
  {},
  { state: 'splendid' },
  { state: 'ready', hostId: 7 },
  { state: 'ready', ref: { text: '\0' } },
  { state: 'ready', ref: 1n },
  { state: 'gone', reason: { deep: true } },
])('takes %o for no answer', async (answer) => {
  const held = heldToContract(providerThatAnswers(answer));
  const failed = { code: 'provider_failed' };
  await expect(held.poll(desktop, noSignal)).rejects.toMatchObject(failed);
  await expect(held.delete(desktop, noSignal)).rejects.toMatchObject(failed);
  await expect(held.assign(desktop, assignment, noSignal)).rejects.toMatchObject(failed);
});

it.each([undefined, null, 'none', { id: 'd' }, [null], [{ id: 7 }]])(
  'takes %o for no list',
  async (answer) => {
    const held = heldToContract(providerThatAnswers(answer));
    await expect(held.list(noSignal)).rejects.toMatchObject({ code: 'provider_failed' });
  },
);

it('ends a call whose provider never does, with the reason of the signal', async () => {
  const held = heldToContract(providerOf(never));
  const stopping = new AbortController();
  const asked = held.poll(desktop, stopping.signal);
  stopping.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

it('says that the provider did not answer in time where that is why', async () => {
  const held = heldToContract(providerOf(never));
  const late = new AbortController();
  const asked = held.poll(desktop, late.signal);
  late.abort(new DOMException('too late', 'TimeoutError'));
  await expect(asked).rejects.toMatchObject({
    code: 'provider_failed',
    detail: 'The provider did not answer in time.',
  });
});

it('hears nothing of what is answered too late, a failure neither', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const held = heldToContract(providerOf(() => promise));
  const late = new AbortController();
  const asked = held.poll(desktop, late.signal);
  late.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
  reject(new Error('far too late'));
});

it('keeps a reason to what a record may hold', async () => {
  const held = heldToContract(providerThatAnswers({ state: 'failed', reason: `a\0${'b'.repeat(5_000)}` }));
  const { reason = '' } = await held.poll(desktop, noSignal);
  expect([reason.slice(0, 2), reason.length]).toEqual(['ab', 1_000]);
});
