import { expect, it } from 'vitest';
import { formatTable } from './table.ts';

it('aligns columns by their widest cell, without trailing blanks', () => {
  expect(
    formatTable(
      ['id', 'note'],
      [
        ['1', 'a long note'],
        ['22', ''],
      ],
    ),
  ).toBe('id  note\n1   a long note\n22\n');
});

it('shows the head alone when there is nothing', () => {
  expect(formatTable(['id', 'note'], [])).toBe('id  note\n');
});
