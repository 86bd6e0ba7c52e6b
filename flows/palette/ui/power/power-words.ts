import type { SeatPower } from '@homeroom/protocol';

const tones = { on: 'good', off: 'idle', starting: 'busy', unclear: 'warn' } as const;

/** @returns the state of a seat's power in a word and a tone */
export function powerState({ state, fault }: SeatPower): { words: string; tone: string } {
  return { words: state, tone: fault === null ? tones[state] : 'bad' };
}

/** @returns what a seat's relay is and says: `strip-1, channel 3: on` */
export function relayWords({ relay }: SeatPower): string {
  if (!relay) return 'no relay';
  const says = relay.online ? (relay.on === null ? 'says nothing' : relay.on ? 'on' : 'off') : 'away';
  return `${relay.id}, channel ${relay.channel}: ${says}`;
}

/** @returns who holds it, and until when; empty where nobody does */
export function overrideWords({ override }: SeatPower): string {
  if (!override) return '';
  const by = override.by === 'relay' ? 'at the relay itself' : `by ${override.who ?? 'somebody'}`;
  return `held ${override.on ? 'on' : 'off'} ${by}`;
}
