import { expect, it } from 'vitest';
import { safeName, safePath, UniqueNames } from './safe-names.ts';

it.each([
  ['essay.txt', 'essay.txt'],
  ['part 2/Übung ä.odt', 'part 2/Übung ä.odt'],
  ['../../etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['a/./b//c', 'a/b/c'],
  ['C:\\Windows\\x', 'C__Windows_x'],
  ['line\nbreak\u202Etxt.exe', 'line_break_txt.exe'],
  ['trailing. . ', 'trailing'],
])('makes of %j %j', (path, expected) => {
  expect(safePath(path)).toBe(expected);
});

it.each(['..', '.', '/', '', '   ', Array.from({ length: 11 }, () => 'd').join('/')])(
  'takes nothing that has no name of its own or is too deep: %j',
  (path) => {
    expect(safePath(path)).toBeUndefined();
  },
);

it('keeps a name short, by whole characters', () => {
  expect([...safeName('😀'.repeat(300))]).toHaveLength(100);
});

it('lets a person’s name be one folder', () => {
  expect(safeName('Ada/Grace (ada)')).toBe('Ada_Grace (ada)');
});

it('tells apart what became the same, whatever the case', () => {
  const names = new UniqueNames();
  expect(['a.txt', 'A.txt', 'a.txt', 'b/.x', 'b/.x', 'c', 'c'].map((name) => names.take(name))).toEqual([
    'a.txt',
    'A (2).txt',
    'a (3).txt',
    'b/.x',
    'b/.x (2)',
    'c',
    'c (2)',
  ]);
});
