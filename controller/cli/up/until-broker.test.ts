import { expect, it } from 'vitest';
import { untilBroker } from './until-broker.ts';

it('waits until the controller has its broker', async () => {
  const answers = [false, true];
  const api = { hasBroker: async () => answers.shift() ?? false };
  expect(await untilBroker(api, AbortSignal.timeout(5_000))).toBe(true);
  expect(answers).toEqual([]);
});

it('gives up when it is told to', async () => {
  expect(await untilBroker({ hasBroker: async () => false }, AbortSignal.abort())).toBe(false);
});
