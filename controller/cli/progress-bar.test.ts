import { expect, it } from 'vitest';
import { formatProgress, ProgressBar } from './progress-bar.ts';

it('fills with what is done', () => {
  expect(formatProgress('Asked', 500, 1_000)).toBe(`Asked  ${'█'.repeat(12)}${'░'.repeat(12)}  500 of 1,000`);
  expect(formatProgress('Asked', 7, 0)).toContain('█'.repeat(24));
});

it('draws over itself, not more often than anybody reads, and the end always', () => {
  const written: string[] = [];
  let nowMs = 0;
  const bar = new ProgressBar({ write: (text) => written.push(text), now: () => nowMs });
  bar.show('Asked', 1, 9);
  bar.show('Asked', 2, 9);
  nowMs = 60;
  bar.show('Asked', 3, 9);
  bar.show('Asked', 9, 9);
  bar.show('Assigned', 1, 9);
  bar.end();
  expect(written.map((text) => text.replace('\x1b[K', '').replace(/[█░ ]+/g, ' '))).toEqual([
    '\rAsked 1 of 9',
    '\rAsked 3 of 9',
    '\rAsked 9 of 9',
    '\n\rAssigned 1 of 9',
    '\n',
  ]);
});

it('says nothing to who is no terminal', () => {
  const bar = new ProgressBar({ write: undefined });
  bar.show('Asked', 1, 9);
  bar.end();
});
