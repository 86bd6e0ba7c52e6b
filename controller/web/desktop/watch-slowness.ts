import { showHint } from './show-hint.ts';
import { createSlowness } from './slowness.ts';

const everyMs = 20_000;
const deadlineMs = 5_000;

/** Measures the way to the controller now and then, and says so when it is slow: then the desktop is not to blame. */
export function watchSlowness(): void {
  const isSlow = createSlowness();
  const measure = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    showHint(isSlow(await roundTripMs()) ? 'The network is slow at the moment. Keys and mouse may lag.' : '');
  };
  setInterval(() => void measure(), everyMs);
}

async function roundTripMs(): Promise<number> {
  const startedAt = performance.now();
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(deadlineMs) });
    return performance.now() - startedAt;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
