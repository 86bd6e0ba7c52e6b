import { performance } from 'node:perf_hooks';
import { errorCodeOf } from '@homeroom/protocol';
import type { Provider } from '../desktops/provider.ts';
import { measures } from '../measures.ts';

/** The same provider, with what each call took, and how it failed, told to whoever measures. */
export function measuredProvider(provider: Provider): Provider {
  const { name } = provider;
  const measured = async <T>(call: string, run: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const tell = (error: string | null) =>
      measures.providerCall.tell({
        provider: name,
        call,
        seconds: (performance.now() - startedAt) / 1000,
        error,
      });
    try {
      const answer = await run();
      tell(null);
      return answer;
    } catch (caught) {
      tell(errorCodeOf(caught));
      throw caught;
    }
  };
  return {
    name,
    hasCold: provider.hasCold,
    create: (desktop, signal) => measured('create', () => provider.create(desktop, signal)),
    warm: (desktop, signal) => measured('warm', () => provider.warm(desktop, signal)),
    cool: (desktop, signal) => measured('cool', () => provider.cool(desktop, signal)),
    poll: (desktop, signal) => measured('poll', () => provider.poll(desktop, signal)),
    assign: (desktop, assignment, signal) =>
      measured('assign', () => provider.assign(desktop, assignment, signal)),
    delete: (desktop, signal) => measured('delete', () => provider.delete(desktop, signal)),
    list: (signal) => measured('list', () => provider.list(signal)),
  };
}
