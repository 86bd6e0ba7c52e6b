/** What every part of a controller may know of a provider, also in processes that have none of its calls. */
import { type ProviderName, providerNames } from '@homeroom/protocol';

export interface ProviderRule {
  /** As the provider's own `hasCold`. */
  readonly hasCold: boolean;
  /** Desktops on their way at once where `provider_limits` has no row; null is as many as are wanted. */
  readonly atOnce: number | null;
}

export const providerRules: Readonly<Record<ProviderName, ProviderRule>> = {
  /** A place kept costs nothing, and one that waits for a host must not hold the others up. */
  host: { hasCold: false, atOnce: null },
  /** More only fills the scheduler's queue. */
  kubernetes: { hasCold: false, atOnce: 20 },
  /** Clones of one storage wait for each other under its lock, and fail after ten seconds of it. */
  proxmox: { hasCold: true, atOnce: 8 },
  simulated: { hasCold: true, atOnce: null },
};

/** @returns the rule of a provider by its name in the database, where only these stand. */
export function ruleOf(provider: string): ProviderRule {
  const name = providerNames.find((each) => each === provider);
  return name ? providerRules[name] : { hasCold: false, atOnce: null };
}
