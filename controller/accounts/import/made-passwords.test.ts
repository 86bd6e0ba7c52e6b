import { expect, it } from 'vitest';
import { madePasswordsCsv } from './made-passwords.ts';

it('writes a line for each, with what has a delimiter in quotes', () => {
  const made = [
    { username: 'ana', displayName: 'Maria, Ana "Anni"', password: 'ribo-tanu' },
    { username: 'ben', displayName: 'Ben', password: 'keda-mosi' },
  ];
  expect(madePasswordsCsv(made)).toBe(
    'username,displayName,password\r\nana,"Maria, Ana ""Anni""",ribo-tanu\r\nben,Ben,keda-mosi\r\n',
  );
});

it('keeps a name from being a formula', () => {
  const made = [{ username: 'eve', displayName: '=HYPERLINK("x")', password: 'ribo-tanu' }];
  expect(madePasswordsCsv(made)).toContain(`'=HYPERLINK`);
});
