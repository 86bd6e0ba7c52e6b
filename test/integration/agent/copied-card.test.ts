import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1', 'seat-2');
});
afterEach(() => stage.end());

it('discards the credential of a copied card and enrols as itself', async () => {
  const first = await stage.agent('seat-1');
  await stage.controller.state('seat-1', 'state');
  await stage.controller.desire('seat-1', {
    revision: 1,
    kiosk: { url: '/kiosk/seat-1' },
    screen: { power: 'on' },
    lock: false,
  });
  await stage.controller.state('seat-1', 'reported');
  const copy = join(stage.dir, 'copy');
  await cp(first.dataDir, copy, { recursive: true });

  const second = await stage.agent('seat-2', { dataDir: copy });
  expect(await stage.controller.state('seat-2', 'state')).toMatchObject({ state: 'ready' });
  const last = stage.controller.on('homeroom/v1/seat-1/state').at(-1);
  expect(last).toMatchObject({ state: 'ready' });
  expect(second.kiosk.shown).toEqual([]);
});
