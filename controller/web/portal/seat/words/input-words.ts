import type { Input } from '@homeroom/protocol';
import type { Fact } from './tone.ts';

/** @returns which keyboard and mouse are there; a seat needs both. */
export function inputFact(input: Input | null): Fact {
  const label = 'Input';
  if (!input) return { label, words: 'not reported', tone: 'idle' };
  const has = (kind: Input['devices'][number]['kind']): boolean =>
    input.devices.some((each) => each.kind === kind);
  const hasPointer = has('mouse') || has('touchscreen') || has('tablet');
  if (has('keyboard') && hasPointer) return { label, words: 'keyboard and mouse', tone: 'good' };
  if (has('keyboard')) return { label, words: 'keyboard, no mouse', tone: 'warn' };
  return { label, words: hasPointer ? 'mouse, no keyboard' : 'no keyboard, no mouse', tone: 'warn' };
}
