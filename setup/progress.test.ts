import { describe, expect, it } from 'vitest';
import { Progress } from './progress.mjs';

function recorded() {
  const texts: string[] = [];
  let nowMs = 0;
  const progress = new Progress(
    (text: string) => texts.push(text),
    () => nowMs,
  );
  return { texts, progress, pass: (durationMs: number) => (nowMs += durationMs) };
}

describe('Progress', () => {
  it('prints what is being done at once, and its time after it', async () => {
    const { texts, progress, pass } = recorded();
    const result = await progress.step('npm packages', async () => {
      expect(texts).toEqual(['  npm packages … ']);
      pass(1_240);
      return 42;
    });
    expect(result).toBe(42);
    expect(texts.join('')).toBe('  npm packages … 1.2 s\n');
  });

  it('says that a piece of work failed and passes its error on', async () => {
    const { texts, progress, pass } = recorded();
    const work = progress.step('pages', async () => {
      pass(50);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(texts.join('')).toBe('  pages … failed after 0.1 s\n');
  });
});
