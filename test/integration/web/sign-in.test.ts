import { expect, test } from 'vitest';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest();

test('a student signs in with the keyboard alone and finds the desktops', async () => {
  const page = await web.open('/');
  await page.getByLabel('User name').waitFor();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('student');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
  const desktops = page.getByRole('list', { name: 'Desktops to choose from' }).getByRole('button');
  await desktops.first().waitFor();
  const names = await desktops.allTextContents();
  expect(names.map((name) => name.replace(/A whole.*|Only.*|A shell.*/, ''))).toEqual([
    'Linux desktop',
    'Web browser',
    'Terminal',
  ]);
});

test('a wrong password is told beside the fields, and can be typed over', async () => {
  const page = await web.open('/');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
  await page.keyboard.type('student');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
});

test('each role finds its own pages in the navigation', async () => {
  const linksOf = async (username: string) => {
    const page = await web.openAs(username, '/');
    await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
    return page.getByRole('navigation', { name: 'Pages' }).getByRole('listitem').allTextContents();
  };
  const trimmed = async (username: string) => (await linksOf(username)).map((text) => text.trim());
  expect(await trimmed('ada')).toEqual([]);
  expect(await trimmed('mr-turing')).toEqual([
    'My desktop',
    'Rooms',
    'Sessions',
    'Lessons',
    'Pools',
    'Seats',
    'Groups',
    'Limits',
  ]);
  const ofAdmins = ['Templates', 'Findings', 'Devices', 'Enrolment', 'People', 'Audit', 'Settings'];
  expect(await trimmed('admin')).toEqual(expect.arrayContaining(ofAdmins));
});

test('a page of another role is not found, whatever the address says', async () => {
  const page = await web.openAs('ada', '/enrolment');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
});

test('a sign-in that expired leads back to the door', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByRole('heading', { name: 'Choose a desktop' }).waitFor();
  web.api.signIns.clear();
  const door = page.getByLabel('User name');
  // The page may notice by itself before it is clicked.
  await Promise.any([page.getByRole('button', { name: /Linux desktop/ }).click(), door.waitFor()]);
  await door.waitFor();
});

test('signing out ends at the door', async () => {
  const page = await web.openAs('ada', '/');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
});
