import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { agentDataDir } from './child-specs.ts';

const pollMs = 50;
const credential = v.looseObject({ device: v.string(), mqttHost: v.optional(v.string()) });

/** @returns whether the agent `name` has enrolled. */
export function isEnrolled(dataDir: string, name: string): boolean {
  return existsSync(credentialFile(dataDir, name));
}

/**
 * @param brokerHost of an external broker; undefined for the controller's own
 * @returns whether the agent `name` has enrolled by that broker: another one does not know its password
 */
export function isEnrolledBy(brokerHost: string | undefined, dataDir: string, name: string): boolean {
  const kept = readCredential(dataDir, name);
  return kept !== undefined && kept.mqttHost === brokerHost;
}

/** @returns the device id that the agent `name` got, or undefined when it has not enrolled. */
export function deviceIdOf(dataDir: string, name: string): string | undefined {
  return readCredential(dataDir, name)?.device;
}

/**
 * Wait until the agent `name` has enrolled.
 *
 * @returns false when it has not by the deadline, or when the signal aborts
 */
export async function untilEnrolled(
  dataDir: string,
  name: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  while (!isEnrolled(dataDir, name)) {
    if (options.signal.aborted || performance.now() >= deadline) return false;
    await delay(pollMs);
  }
  return true;
}

function readCredential(dataDir: string, name: string): v.InferOutput<typeof credential> | undefined {
  try {
    return v.parse(credential, JSON.parse(readFileSync(credentialFile(dataDir, name), 'utf8')));
  } catch {
    // Not there yet: the caller asks again.
    return undefined;
  }
}

function credentialFile(dataDir: string, name: string): string {
  return join(agentDataDir(dataDir, name), 'credential.json');
}
