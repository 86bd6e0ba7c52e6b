import { randomUUID } from 'node:crypto';
import { SimulatedProvider } from '@homeroom/controller/providers/simulated/simulated-provider.ts';
import { expect, it } from 'vitest';
import { describeProviderContract } from '../../contract/provider-contract.ts';

for (const options of [{ pollsUntilReady: 0 }, { pollsUntilReady: 3 }, { isShared: true }]) {
  describeProviderContract(`the simulated provider, ${JSON.stringify(options)}`, {
    hasCold: true,
    setUp: async () => {
      const provider = new SimulatedProvider(options);
      return {
        provider,
        loseDesktop: async (id) => provider.loseDesktop(id),
        stop: async () => provider.clearFaults(),
      };
    },
  });
}

it('takes a desktop over that another process made, but not one that it has removed itself', async () => {
  const [one, other] = [new SimulatedProvider({ isShared: true }), new SimulatedProvider({ isShared: true })];
  const signal = AbortSignal.timeout(10_000);
  const made = {
    id: randomUUID(),
    templateId: 't',
    settings: {},
    kind: null,
    ref: null,
    hostId: null,
    isAssigned: false,
  };
  const { ref } = await one.create(made, signal);
  const desktop = { ...made, ref };
  expect(await other.poll(desktop, signal)).toMatchObject({ state: 'ready' });
  await other.delete(desktop, signal);
  expect(await other.poll(desktop, signal)).toMatchObject({ state: 'gone' });
});
