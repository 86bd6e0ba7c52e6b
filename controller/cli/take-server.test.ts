import { expect, it } from 'vitest';
import { takeServer } from './take-server.ts';

it('takes --server from wherever it stands', () => {
  const words = ['rooms', 'list', '--json'];
  const server = 'https://school.example';
  expect(takeServer(words)).toEqual({ server: undefined, words });
  expect(takeServer(['--server', server, ...words])).toEqual({ server, words });
  expect(takeServer([...words, `--server=${server}`])).toEqual({ server, words });
});

it('leaves what comes after -- alone', () => {
  const words = ['rooms', 'create', '--', '--server'];
  expect(takeServer(words)).toEqual({ server: undefined, words });
});

it('needs a value', () => {
  for (const words of [['--server'], ['--server='], ['--server', '--json']])
    expect(() => takeServer(words)).toThrow('--server needs the URL');
});
