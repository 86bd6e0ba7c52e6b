import { expect, it } from 'vitest';
import { readCsvTable } from './csv-table.ts';

const rows = (text: string) => readCsvTable(text).rows.map(({ line, cells }) => [line, ...cells]);

it.each([
  ['username,role\nana,student', ','],
  ['username;role;groups\nana;student;"7b, choir"', ';'],
  ['username\trole\nana\tstudent', '\t'],
  ['username\nana', ';'],
])('finds out what parts the columns of %j', (text, delimiter) => {
  expect(readCsvTable(text).delimiter).toBe(delimiter);
});

it('reads what a European spreadsheet writes: byte order mark, semicolons, both line ends', () => {
  expect(rows('\uFEFFusername;role\r\nana;student\r\n')).toEqual([
    [1, 'username', 'role'],
    [2, 'ana', 'student'],
  ]);
});

it('keeps counting lines over line breaks in quotes, and leaves out empty lines', () => {
  expect(rows('a,b\r\n\r\n"x\r\ny",1\r\n,\r\nz,"2, ""or"" 3"\r\n')).toEqual([
    [1, 'a', 'b'],
    [3, 'x\ny', '1'],
    [6, 'z', '2, "or" 3'],
  ]);
});

it('reads a quotation mark within a word as itself', () => {
  expect(rows('a,b\n5" disk,1')).toEqual([
    [1, 'a', 'b'],
    [2, '5" disk', '1'],
  ]);
});

it('tells the line of a quote that is never closed, and keeps what stands before it', () => {
  const { rows: read, faults } = readCsvTable('a,b\n1,2\n"3,4\n5,6\n');
  expect(read.map(({ line }) => line)).toEqual([1, 2]);
  expect(faults).toEqual([{ line: 3, column: null, message: expect.stringContaining('never closed') }]);
});

it('has no rows for nothing', () => {
  for (const text of ['', '\uFEFF', '\n\n', ';;\n']) expect(rows(text)).toEqual([]);
});
