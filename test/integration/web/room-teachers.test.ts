import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('an admin chooses whose room it is', async () => {
  const room = web.api.classroom.rooms[0];
  const teacher = web.api.classroom.users.find(({ role }) => role === 'teacher');
  const admin = web.api.classroom.users.find(({ role }) => role === 'admin');
  const page = await web.openAs(admin?.username ?? '', `/rooms/${room?.id}`);
  await page.getByRole('button', { name: 'Teachers' }).click();
  const choice = page.getByLabel(teacher?.displayName ?? '');
  await choice.check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Teachers of Room 1 are saved.').waitFor();
  expect(room?.teachers).toEqual([teacher?.id]);
  await page.getByRole('button', { name: 'Teachers' }).click();
  expect(await choice.isChecked()).toBe(true);
  await page.keyboard.press('Escape');
});

test('a teacher without a room reads whom to ask', async () => {
  const rooms = web.api.classroom.rooms.splice(0);
  const page = await web.openAs('mr-turing', '/rooms');
  await page.getByText('No room is yours yet').waitFor();
  const admin = web.api.classroom.users.find(({ role }) => role === 'admin');
  await page.getByText(`Ask ${admin?.displayName} to choose`).waitFor();
  expect(await page.getByRole('button', { name: 'Teachers' }).count()).toBe(0);
  web.api.classroom.rooms.push(...rooms);
});
