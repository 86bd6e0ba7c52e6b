import { expect, it } from 'vitest';
import type { CommandContext } from './command.ts';
import { defineCommand } from './define-command.ts';

let told: unknown;
const sample = defineCommand({
  name: 'things add',
  summary: 'add things',
  arguments: ['first', 'more...'],
  options: {
    size: { type: 'string', value: 'S', description: 'how large', choices: ['small', 'large'] },
    tag: { type: 'string', description: 'what it is for', multiple: true },
    json: { type: 'boolean', description: 'for scripts' },
  },
  run: async (given) => {
    told = given;
  },
});
/** Nothing of it is used. */
const nothing = {} as CommandContext;
const run = (...argv: string[]) => sample.run(argv, nothing);

it('gives what was typed, switches that were not and lists that are empty', async () => {
  await run('a', 'b', 'c', '--size', 'small');
  expect(told).toEqual({ args: ['a', 'b', 'c'], values: { size: 'small', tag: [], json: false } });
  await run('a', 'b', '--json', '--tag', 'x', '--tag=y');
  expect(told).toEqual({ args: ['a', 'b'], values: { size: undefined, tag: ['x', 'y'], json: true } });
});

it.each([
  [['a'], '<more> is missing.'],
  [['a', 'b', '--size', 'huge'], '--size huge: one of small, large is needed.'],
  [['a', 'b', '--colour'], "Unknown option '--colour'."],
  [['a', 'b', '--tag', '-1'], '--tag lacks its value; one that begins with a dash is written --tag=-1.'],
])('refuses %j as a fault of the command line', async (argv, message) => {
  await expect(run(...argv)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(message),
  });
});

it('tells all of it in its help', () => {
  expect(sample.usage).toBe(`homeroom things add <first> <more>... [--size S] [--tag TEXT] [--json]

Add things.

  --size S    how large: small, large
  --tag TEXT  what it is for; may be repeated
  --json      for scripts
`);
});
