import type { HostResource } from '@homeroom/protocol';

/** @returns how a host is: the first thing that keeps desktops away from it, or that nothing does. */
export function hostState(host: HostResource): { words: string; tone: 'good' | 'warn' | 'bad' | 'idle' } {
  if (host.consent === 'refused') return { words: 'may not run desktops', tone: 'idle' };
  if (host.consent === null) return { words: 'waits for your word', tone: 'warn' };
  if (host.draining) return { words: host.used === 0 ? 'empty' : 'is emptied', tone: 'warn' };
  if (!host.healthy) return { words: 'not well', tone: 'bad' };
  return host.used >= host.capacity ? { words: 'full', tone: 'warn' } : { words: 'well', tone: 'good' };
}
