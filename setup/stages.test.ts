import { describe, expect, it } from 'vitest';
import { judgeStage, sumCounts, summaryOf } from './stages.mjs';

const suite = { name: 'unit', hasTests: true, command: ['vitest'] };
const linter = { name: 'lint', hasTests: false, command: ['biome'] };
const skippedTest = { name: 'opens a door', file: 'test/door.test.ts', reason: 'there is no door' };

describe('judgeStage', () => {
  it('takes the counts of a suite that went well', () => {
    const count = { passed: 3, failed: 0, skipped: [skippedTest] };
    expect(judgeStage(suite, 0, count)).toEqual(count);
  });

  it('counts a linter’s complaint as one failure, and its silence as none', () => {
    expect(judgeStage(linter, 1, undefined)).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(judgeStage(linter, 0, undefined)).toEqual({ passed: 0, failed: 0, skipped: [] });
  });

  it('fails a suite without a single test', () => {
    expect(judgeStage(suite, 0, { passed: 0, failed: 0, skipped: [] }).failed).toBe(1);
    expect(judgeStage(suite, 0, undefined).failed).toBe(1);
  });

  it('fails a suite that broke although its tests passed', () => {
    expect(judgeStage(suite, 1, { passed: 9, failed: 0, skipped: [] })).toEqual({
      passed: 9,
      failed: 1,
      skipped: [],
    });
  });
});

describe('summaryOf', () => {
  it('ends with the one line of figures', () => {
    expect(summaryOf({ passed: 12, failed: 1, skipped: [] })).toBe('12 passed, 1 failed, 0 skipped\n');
  });

  it('lists each skipped test with its reason before that', () => {
    expect(summaryOf({ passed: 1, failed: 0, skipped: [skippedTest] })).toBe(
      '  skipped: opens a door (test/door.test.ts): there is no door\n1 passed, 0 failed, 1 skipped\n',
    );
  });
});

describe('sumCounts', () => {
  it('adds the stages up', () => {
    const one = { passed: 1, failed: 0, skipped: [skippedTest] };
    expect(sumCounts([one, { passed: 2, failed: 3, skipped: [] }])).toEqual({
      passed: 3,
      failed: 3,
      skipped: [skippedTest],
    });
  });
});
