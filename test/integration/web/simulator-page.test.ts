import { expect, test } from 'vitest';
import { greyPixel } from './support/grey-pixel.ts';
import { until } from './support/until.ts';
import { setUpWebTest } from './support/web-test.ts';

const web = setUpWebTest({ snapshot: async () => greyPixel });

test('the simulator pulls the plug of a simulated board', async () => {
  const page = await web.openAs('admin', '/simulator/pi-1');
  await page.getByRole('switch', { name: 'HDMI-A-1 plugged in' }).click();
  await until('the command has come', () => web.api.classroom.commands.length === 1);
  expect(web.api.classroom.commands).toEqual([
    { device: 'pi-1', name: 'simulate', args: { what: 'hdmi', connector: 'HDMI-A-1', connected: false } },
  ]);
});

test('the simulator types on the keyboard of the seat, the key after the text', async () => {
  const page = await web.openAs('admin', '/simulator/pi-1');
  const field = page.getByLabel('Type on this seat’s keyboard');
  await field.fill('ada');
  await page.getByRole('button', { name: 'Tab' }).click();
  await until('the text is sent', () => web.api.classroom.commands.length === 1);
  await until('the field is free for more', async () => (await field.inputValue()) === '');
  await page.keyboard.type('lovelace');
  await page.keyboard.press('Enter');
  await until('more is sent', () => web.api.classroom.commands.length === 2);
  expect(web.api.classroom.commands.map(({ args }) => args)).toEqual([
    { what: 'keyboard', text: 'ada', key: 'Tab' },
    { what: 'keyboard', text: 'lovelace', key: 'Enter' },
  ]);
});

test('a click on the picture of a simulated seat clicks at the same place there', async () => {
  const page = await web.openAs('admin', '/simulator/pi-1');
  const picture = page.getByRole('button', { name: 'What Seat 1 shows now' });
  const box = await picture.boundingBox();
  if (!box) throw new Error('the picture has no place');
  await picture.click({ position: { x: box.width * 0.25, y: box.height * 0.5 } });
  await until('the click is sent', () => web.api.classroom.commands.length === 1);
  const [{ args } = { args: undefined }] = web.api.classroom.commands;
  expect(args).toEqual({ what: 'mouse', x: expect.closeTo(0.25, 1), y: expect.closeTo(0.5, 1) });
});

test('a simulated switch stays where it was put, until the device agrees', async () => {
  const page = await web.openAs('admin', '/simulator/pi-1');
  const power = page.getByRole('switch', { name: 'Power supply too weak' });
  await power.click();
  expect(await power.getAttribute('aria-checked')).toBe('true');
  await until('the command is sent', () => web.api.classroom.commands.length === 1);
  web.api.classroom.changeDevice('pi-1', (device) => {
    if (device.health) device.health = { ...device.health, temperatureC: 50 };
  });
  await page.getByText('Temperature: 50 °C').waitFor();
  expect(await power.getAttribute('aria-checked')).toBe('true');
});
