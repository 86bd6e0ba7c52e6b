import { setTimeout as delay } from 'node:timers/promises';
import { deviceIdOf } from './agent-credential.ts';
import type { ControllerApi } from './controller-api.ts';

const pollMs = 250;

/**
 * Wait until agents are connected to the controller.
 *
 * @param names of the agents
 * @returns the names of those that are not connected by the deadline; empty when all are
 * @throws AbortError when the signal aborts
 */
export async function untilConnected(
  api: ControllerApi,
  names: readonly string[],
  options: { dataDir: string; timeoutMs: number; signal: AbortSignal },
): Promise<string[]> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    const connected = await api.connectedDevices();
    const missing = names.filter((name) => !connected.has(deviceIdOf(options.dataDir, name) ?? ''));
    if (missing.length === 0 || performance.now() >= deadline) return missing;
    await delay(pollMs, undefined, { signal: options.signal });
  }
}
