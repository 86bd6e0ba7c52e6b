import type { Relays } from '@homeroom/protocol';
import type { Fact } from './tone.ts';

/** @returns each relay channel; none where the device has no relays. */
export function relayFacts(relays: Relays | null): Fact[] {
  return (relays?.channels ?? []).map(({ name, on, error }) => {
    if (error) return { label: name, words: error.message, tone: 'bad' };
    if (on === null) return { label: name, words: 'unknown', tone: 'idle' };
    return { label: name, words: on ? 'on' : 'off', tone: on ? 'good' : 'idle' };
  });
}
