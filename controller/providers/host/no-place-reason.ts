import type { HostConsent } from '@homeroom/protocol';

/** A host as far as it may give a place. */
export interface HostState {
  readonly name: string;
  readonly consent: HostConsent | null;
  /** The desktop environments that it offers. */
  readonly kinds: readonly string[];
  readonly healthy: boolean;
  readonly draining: boolean;
  /** What it says is wrong with it; null when it says nothing. */
  readonly fault: string | null;
}

/**
 * @param all every host
 * @param kind the desktop environment that is asked for; null for any
 * @returns why no host has a place, so that whoever reads it knows what to do. Pure.
 */
export function noPlaceReason(all: readonly HostState[], kind: string | null = null): string {
  if (all.length === 0) return 'There is no host: start a host agent.';
  const hosts = all.filter(({ kinds }) => kind === null || kinds.includes(kind));
  if (hosts.length === 0) return `No host offers ${kind}: install it on one, then restart its agent.`;
  if (hosts.some(({ consent, healthy, draining }) => consent === 'allowed' && healthy && !draining))
    return 'Every host is full: wait until a desktop ends, or start another host agent.';
  return `No healthy host has a free place: ${hosts.map(plightOf).join('; ')}`.slice(0, 500);
}

function plightOf({ name, consent, healthy, fault }: HostState): string {
  if (consent === null) return `${name} waits until an admin allows it to run desktops`;
  if (consent === 'refused') return `${name} is not allowed to run desktops`;
  if (healthy) return `${name} is being emptied`;
  return fault === null ? `${name} is away` : `${name} says “${fault}”`;
}
