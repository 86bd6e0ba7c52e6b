import { SimulatedProvider } from '@homeroom/controller/providers/simulated/simulated-provider.ts';
import { describeProviderContract } from '../../contract/provider-contract.ts';

for (const pollsUntilReady of [0, 3]) {
  describeProviderContract(`the simulated provider, ready after ${pollsUntilReady} polls`, async () => {
    const provider = new SimulatedProvider({ pollsUntilReady });
    return {
      provider,
      loseDesktop: async (id) => provider.loseDesktop(id),
      stop: async () => provider.clearFaults(),
    };
  });
}
