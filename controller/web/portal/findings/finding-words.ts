import type { Finding, FindingKind } from '@homeroom/protocol';

const kinds: Record<FindingKind, { words: string; hint: string }> = {
  missing: { words: 'Missing', hint: 'on record, but its provider does not have it' },
  foreign: { words: 'Foreign', hint: 'a provider has it, but no record does; it is never touched' },
  stuck: { words: 'Stuck', hint: 'on its way for longer than it may be' },
  forgotten: { words: 'Forgotten', hint: 'whoever it was for is gone' },
};

/** @returns what a kind of finding is called, and what it means. */
export function kindWords(kind: FindingKind): { words: string; hint: string } {
  return kinds[kind];
}

/** @returns how often it was seen. */
export function timesWords({ times }: Pick<Finding, 'times'>): string {
  if (times === 1) return 'once';
  return times === 2 ? 'twice' : `${times} times`;
}
