import type { Device } from '@homeroom/protocol';
import { spanWords } from '../../../shared/words/time-words.ts';
import type { Fact, Tone } from './tone.ts';

const states: Record<Device['connection'], { words: string; tone: Tone }> = {
  ready: { words: 'connected', tone: 'good' },
  disconnected: { words: 'switched off', tone: 'idle' },
  lost: { words: 'lost', tone: 'bad' },
  never: { words: 'never connected', tone: 'idle' },
  revoked: { words: 'revoked', tone: 'bad' },
};

/** @returns whether the device is there, and since when. */
export function connectionFact({ connection, since }: Pick<Device, 'connection' | 'since'>, now: Date): Fact {
  const { words, tone } = states[connection];
  if (since === null) return { label: 'Connection', words, tone };
  const span = spanWords((now.getTime() - Date.parse(since)) / 1000);
  return { label: 'Connection', words: `${words} for ${span}`, tone };
}
