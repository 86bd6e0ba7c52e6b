import { expect, it } from 'vitest';
import { parseSeatEndLine, seatEndLine } from './seat-end-line.ts';

it.each([500, undefined])('carries an end that is followed by a start in %s ms', (restartInMs) => {
  const end = { name: 'seat-1', how: 'SIGKILL', restartInMs };
  expect(parseSeatEndLine(seatEndLine(end))).toEqual(end);
});

it.each(['', 'hello', '{}', '{"name":"seat-1"}'])('takes nothing from "%s"', (line) => {
  expect(parseSeatEndLine(line)).toBeUndefined();
});
