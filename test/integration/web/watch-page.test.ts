import { randomUUID } from 'node:crypto';
import type { Broadcast } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();
const since = new Date(0).toISOString();
const letterA = 'a'.charCodeAt(0);

/** Ada’s desktop, on the page of her teacher. */
async function watch(view: 'watch' | 'control' = 'watch') {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('mr-turing', `${session.url}?view=${view}`);
  await page.locator('body[data-state=painted]').waitFor();
  return { session, page };
}

test('who looks is told whose desktop it is, and sends no key', async () => {
  const { page } = await watch();
  await page.getByText('You look at ada’s desktop.').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Take over' }).click();
  await page.getByText('You help at ada’s desktop.').waitFor();
  await until('a key comes after the take-over', async () => {
    await page.keyboard.press('b');
    return web.api.vnc.keys.length > 0;
  });
  expect(web.api.vnc.keys).not.toContain(letterA);
  expect(web.api.classroom.ticketPurposes).toEqual(['watch', 'control']);
});

test('keyboard and mouse are given back with a stream that has none', async () => {
  const { page } = await watch('control');
  await page.getByRole('button', { name: 'Give back' }).click();
  await page.getByText('You look at ada’s desktop.').waitFor();
  await page.locator('body[data-state=painted]').waitFor();
  expect(new URL(page.url()).search).toBe('?view=watch');
  expect(web.api.classroom.ticketPurposes).toEqual(['control', 'watch']);
});

test('who else helps is told, and cannot be put out', async () => {
  const { session, page } = await watch();
  const onlookers = [{ displayName: 'Ms Ada', isInControl: true, since }];
  web.api.classroom.changeSession(session.id, { onlookers });
  await page.getByText('Ms Ada helps at ada’s desktop; you look at it.').waitFor();
  expect(await page.getByRole('button', { name: 'Take over' }).isDisabled()).toBe(true);
});

test('who comes too late to help goes on looking', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const onlookers = [{ displayName: 'Ms Ada', isInControl: true, since }];
  web.api.classroom.changeSession(session.id, { onlookers });
  const page = await web.openAs('mr-turing', `${session.url}?view=control`);
  await page.getByText('Somebody else helps here now. You go on looking.').waitFor();
  await page.locator('body[data-state=painted]').waitFor();
  expect(web.api.classroom.ticketPurposes).toEqual(['control', 'watch']);
});

test('a desktop that ends says so', async () => {
  const { session, page } = await watch();
  web.api.vnc.closeAll(4410, 'session_ended');
  web.api.classroom.endSession(session.id, 'logout');
  await page.getByRole('heading', { name: 'This desktop has ended' }).waitFor();
});

test('a desktop’s user is told who looks and who helps, and no more when they leave', async () => {
  const session = web.api.classroom.startSession('ada', 'desktop', null);
  const page = await web.openAs('ada', session.url);
  await page.locator('body[data-state=painted]').waitFor();
  const look = (isInControl: boolean) =>
    web.api.classroom.changeSession(session.id, {
      onlookers: [{ displayName: 'Mr Turing', isInControl, since }],
    });
  look(false);
  await page.getByText('Mr Turing looks at this desktop.').waitFor();
  look(true);
  await page.getByText('Mr Turing is helping you.').waitFor();
  web.api.classroom.changeSession(session.id, { onlookers: [] });
  await page.locator('#onlookers').waitFor({ state: 'hidden' });
});

test('a seat shows a broadcast, and returns to its own page when it is over', async () => {
  const { classroom } = web.api;
  const session = classroom.startSession('ada', 'desktop', null);
  const device = classroom.devices[0]?.id ?? '';
  const broadcast: Broadcast = {
    id: randomUUID(),
    room: classroom.rooms[0]?.id ?? '',
    session: session.id,
    username: 'ada',
    displayName: 'Ada Lovelace',
    startedBy: 'Mr Turing',
    startedAt: since,
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    endedAt: null,
    endReason: null,
    seats: [],
  };
  classroom.broadcasts.push(broadcast);
  const page = await web.openKiosk(device, `/broadcast/${broadcast.id}`);
  await page.locator('body[data-state=painted]').waitFor();
  await page.getByText('Ada Lovelace’s desktop').waitFor();
  await page.keyboard.press('a');
  web.api.vnc.closeAll(4410, 'broadcast_over');
  await page.waitForURL(`**/kiosk/${device}`);
  expect([web.api.vnc.keys, classroom.ticketPurposes]).toEqual([[], ['broadcast']]);
});
