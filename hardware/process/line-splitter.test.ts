import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function linesOf(...chunks: string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  return lines;
}

test('tells a line when its end has come, however it was cut', () => {
  expect(linesOf('UDEV  [1', '.5] change\nnext', '\r\n', 'unfinished')).toEqual([
    'UDEV  [1.5] change',
    'next',
  ]);
});

test('several lines in one chunk are told in their order, empty ones too', () => {
  expect(linesOf('a\n\nb\n')).toEqual(['a', '', 'b']);
});

test('a program that never ends its line does not fill the memory', () => {
  const [line] = linesOf(...Array.from({ length: 10 }, () => 'x'.repeat(1_000)), '\n');
  expect(line).toHaveLength(4_096);
});
