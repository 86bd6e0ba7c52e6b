import { topics } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';
import { waitFor } from './support/wait-for.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(() => stage.end());

it('is back by itself with everything after the broker was killed', async () => {
  const statuses: boolean[] = [];
  await stage.agent('seat-1', { onLink: ({ isConnected }) => statuses.push(isConnected) });
  await stage.controller.state('seat-1', 'health');
  const first = (await stage.controller.state('seat-1', 'state')) as { connection: number };
  await stage.broker.kill();
  await waitFor('the loss', () => statuses.at(-1) === false);
  await stage.broker.start();
  await stage.controllerBack();

  for (const leaf of ['info', 'hdmi', 'cec', 'input', 'relays', 'health'] as const) {
    await stage.controller.state('seat-1', leaf);
  }
  const again = (await stage.controller.state('seat-1', 'state')) as { connection: number };
  expect(again).toMatchObject({ state: 'ready' });
  expect(again.connection).toBeGreaterThan(first.connection);
});

it('sends what happened meanwhile once the broker is back', async () => {
  const statuses: boolean[] = [];
  const { board } = await stage.agent('seat-1', { onLink: ({ isConnected }) => statuses.push(isConnected) });
  await stage.controller.state('seat-1', 'health');
  await stage.broker.kill();
  await waitFor('the loss', () => statuses.at(-1) === false);
  if (board.simulator.present) board.simulator.port.apply({ what: 'input', kind: 'mouse', present: false });
  await stage.broker.start();
  await stage.controllerBack();
  await waitFor('the event', () => stage.controller.on(topics.event('seat-1', 'input.removed')).length === 1);
});
