/** What a teacher does to a room by its page. */
import { expect, test } from 'vitest';
import { greyPixel } from './support/grey-pixel.ts';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest({ snapshot: async () => greyPixel });

async function openRoom() {
  const page = await web.openAs('mr-turing', `/rooms/${web.api.classroom.rooms[0]?.id}`);
  const tools = page.getByRole('toolbar', { name: 'Tools for all seats' });
  await tools.waitFor();
  return { page, press: (name: string) => tools.getByRole('button', { name, exact: true }).click() };
}
const desired = () => web.api.classroom.devices.map((device) => device.desired);

test('a room is muted and heard again', async () => {
  const { page, press } = await openRoom();
  await press('Mute all');
  await page.getByText('3 seats: muted.').waitFor();
  expect(desired().every(({ muted }) => muted)).toBe(true);
  await press('Sound on');
  await page.getByText('3 seats: sound on.').waitFor();
  expect(desired().some(({ muted }) => muted)).toBe(false);
});

test('a page is opened at all seats by keyboard, and ended', async () => {
  const { page, press } = await openRoom();
  await press('Open a page');
  await page.getByLabel('Address').fill('https://example.org/lesson');
  await page.keyboard.press('Enter');
  await page.getByText('3 seats: page opened.').waitFor();
  expect(desired().map(({ page: url }) => url)).toEqual(Array(3).fill('https://example.org/lesson'));
  await press('Open a page');
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByText('3 seats: page ended.').waitFor();
  expect(desired().map(({ page: url }) => url)).toEqual([null, null, null]);
});

test('who has read a message shows by itself, and it is taken back', async () => {
  const { page, press } = await openRoom();
  await press('Message all');
  await page.getByRole('textbox', { name: 'Message' }).fill('Two minutes left.');
  await page.getByRole('button', { name: 'Send' }).click();
  const sent = page.getByRole('list', { name: 'Messages so far' });
  await sent.getByText('Read at 0 of 4 seats').waitFor();
  const [message] = web.api.classroom.attention.messages;
  web.api.classroom.attention.mark(message?.id ?? '', 'pi-1', 'readAt');
  await sent.getByText('Read at 1 of 4 seats').waitFor();
  await sent.getByRole('button', { name: 'Take it back' }).click();
  await sent.getByText('taken back').waitFor();
});

test('files are handed out and collected', async () => {
  const { page, press } = await openRoom();
  await press('Files');
  const dialog = page.getByRole('dialog', { name: 'Files of the students' });
  const sheets = ['one', 'two'].map((text) => ({
    name: `${text}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(text),
  }));
  await dialog.getByLabel('Hand out files').setInputFiles(sheets);
  await dialog.getByRole('button', { name: 'Hand out', exact: true }).click();
  await dialog.getByText('two.txt to Handouts').waitFor();
  expect([...web.api.classroom.attention.files]).toEqual([
    ['one.txt', 'one'],
    ['two.txt', 'two'],
  ]);
  await dialog.getByRole('button', { name: 'Collect', exact: true }).click();
  await dialog.getByText('Collected from Hand in').waitFor();
  const link = dialog.getByRole('link', { name: 'Download' });
  await until('the archive has an address', async () =>
    /\/api\/v1\/file-rounds\/[\w-]+\/archive$/.test((await link.getAttribute('href')) ?? ''),
  );
  await dialog.getByText('Collected from Hand in').click();
  await dialog.getByText('1 file.').waitFor();
});
