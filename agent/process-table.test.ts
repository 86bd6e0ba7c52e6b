import { describe, expect, it } from 'vitest';
import { type ProcessRow, parseProcessStat, withDescendants } from './process-table.ts';

const tail = '0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 98765 1000 200 1844';

describe('parseProcessStat', () => {
  it('reads number, parents and start time', () => {
    expect(parseProcessStat(`42 (Xvnc) S 1 40 39 ${tail}`)).toEqual({
      pid: 42,
      state: 'S',
      parentPid: 1,
      groupPid: 40,
      sessionPid: 39,
      startTicks: 98765,
    });
  });

  it('is not misled by a name that looks like the fields after it', () => {
    expect(parseProcessStat(`42 (a) Z 7 (b) R 1 40 39 ${tail}`)).toMatchObject({ state: 'R', parentPid: 1 });
  });

  it.each(['', '42', '42 (cut', '42 (cut) S 1 2'])('takes %j for no process', (text) => {
    expect(parseProcessStat(text)).toBeUndefined();
  });
});

describe('withDescendants', () => {
  const row = (pid: number, parentPid: number): ProcessRow => ({
    pid,
    parentPid,
    groupPid: pid,
    sessionPid: pid,
    startTicks: 1,
    state: 'S',
  });

  it('finds children of children in any order of the table', () => {
    const rows = [row(4, 3), row(3, 2), row(2, 1), row(9, 1)];
    expect(withDescendants(rows, new Set([2])).map(({ pid }) => pid)).toEqual([4, 3, 2]);
  });

  it('finds the children of a root that is gone itself', () => {
    expect(withDescendants([row(3, 2)], new Set([2])).map(({ pid }) => pid)).toEqual([3]);
  });

  it('finds nothing without roots', () => {
    expect(withDescendants([row(3, 2)], new Set())).toEqual([]);
  });
});
