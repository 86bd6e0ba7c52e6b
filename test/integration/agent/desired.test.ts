import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desired, Reported } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Stage } from './support/stage.ts';
import { waitFor } from './support/wait-for.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(() => stage.end());

const desired = (revision: number, bent: Partial<Desired> = {}): Desired => ({
  revision,
  kiosk: { url: '/kiosk/seat-1' },
  screen: { power: 'on' },
  lock: false,
  ...bent,
});

function reported(revision: number, look: (reported: Reported) => boolean = () => true) {
  return stage.controller.state('seat-1', 'reported', (value) => {
    const doc = value as Reported;
    return doc.revision === revision && look(doc);
  });
}

it('shows the page, switches the screen and reports both', async () => {
  const { kiosk, board } = await stage.agent('seat-1');
  await stage.controller.desire('seat-1', desired(1));
  await reported(1, ({ kiosk: page }) => page.state === 'showing');
  expect(kiosk.shown).toEqual(['https://127.0.0.1:8080/kiosk/seat-1']);

  await stage.controller.desire('seat-1', desired(2, { screen: { power: 'off' }, lock: true }));
  expect(await reported(2, ({ screen }) => screen.power === 'off')).toMatchObject({ lock: true });
  expect(board.screen.present && (await board.screen.port.read())).toBe('off');
  expect(kiosk.shown).toHaveLength(1);
});

it('says which page the kiosk refuses, and goes on with the next document', async () => {
  const { kiosk } = await stage.agent('seat-1');
  kiosk.refuses = 'https://elsewhere.example/';
  await stage.controller.desire('seat-1', desired(1, { kiosk: { url: kiosk.refuses } }));
  await reported(1, ({ kiosk: page }) => page.error?.code === 'kiosk_url_not_allowed');
  await stage.controller.desire('seat-1', desired(2));
  await reported(2, ({ kiosk: page }) => page.state === 'showing' && page.error === undefined);
});

it('shows the last good page after a start without the broker', async () => {
  const first = await stage.agent('seat-1');
  await stage.controller.desire('seat-1', desired(1));
  await reported(1);
  await first.agent.stop();
  await stage.broker.kill();
  const { kiosk } = await stage.agent('seat-1');
  await waitFor('the page', () => kiosk.shown.includes('https://127.0.0.1:8080/kiosk/seat-1'));
});

it('follows also when nothing can be written, and tells that', async () => {
  // A folder in the file's place fails for root, too, as a full disk does.
  await mkdir(join(stage.dir, 'agents/seat-1/desired.json.new'), { recursive: true });
  const { kiosk } = await stage.agent('seat-1');
  await stage.controller.desire('seat-1', desired(1));
  await waitFor('the page', () => kiosk.shown.length === 1);
  await waitFor('the event', () => stage.controller.on('homeroom/v1/seat-1/event/disk.full').length === 1);
});
