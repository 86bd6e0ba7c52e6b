import type { Relays } from '@homeroom/protocol';
import type { Fact } from './tone.ts';

type Channel = Relays['channels'][number];

/** @returns what a relay is called: by its number first, so that a relay named Screen is not taken for the screen. */
export function relayName({ channel, name }: Pick<Channel, 'channel' | 'name'>): string {
  const number = `Relay ${channel + 1}`;
  return name === number || name === `Relay ${channel}` ? number : `${number} (${name})`;
}

/** @returns each relay channel; none where the device has no relays. */
export function relayFacts(relays: Relays | null): Fact[] {
  return (relays?.channels ?? []).map(({ channel, name, on, error }) => {
    const label = relayName({ channel, name });
    if (error) return { label, words: error.message, tone: 'bad' };
    if (on === null) return { label, words: 'unknown', tone: 'idle' };
    return { label, words: on ? 'on' : 'off', tone: on ? 'good' : 'idle' };
  });
}
