import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(() => stage.end());

it('drops a retained command that the broker replays, and says so', async () => {
  const id = await stage.controller.send('seat-1', 'identify', {}, { retain: true });
  const { kiosk } = await stage.agent('seat-1');
  expect(await stage.controller.result('seat-1', 'identify', id)).toMatchObject({
    status: 'rejected',
    error: { code: 'command_retained' },
  });
  expect(kiosk.identified).toEqual([]);
});
