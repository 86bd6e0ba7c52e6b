/** How a fact is coloured; the words say it too, so that colour is never needed. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

/** One thing that a device reports, in words. */
export interface Fact {
  readonly label: string;
  readonly words: string;
  readonly tone: Tone;
}
