import { afterAll, beforeAll, expect, it } from 'vitest';
import { HostStage, lastingProcessesOf } from './stage.ts';

let stage: HostStage;
let desktop: string;
beforeAll(async () => {
  stage = await HostStage.open();
  ({ desktop } = await stage.startDesktop());
});
afterAll(() => stage.end());

/** The terminal is darker than the wallpaper. */
const darkOf = (pixels: Buffer) => pixels.filter((byte, index) => index % 4 === 0 && byte < 0x18).length;
const lightOf = (pixels: Buffer) => pixels.filter((byte, index) => index % 4 === 0 && byte > 0xc0).length;

it('opens its screen to whoever has the secret, and to nobody else', async () => {
  const viewer = await stage.view(desktop);
  expect({ width: viewer.width, height: viewer.height }).toEqual({ width: 800, height: 600 });
  viewer.close();
  await expect(stage.view(desktop, 'wrong-8!')).rejects.toThrow('Authentication failure');
});

it('stays open to the right secret after many wrong ones', async () => {
  for (let tries = 0; tries < 8; tries += 1) {
    await expect(stage.view(desktop, `wrong-${tries}`)).rejects.toThrow('Authentication failure');
  }
  (await stage.view(desktop)).close();
});

it('answers to the keyboard with new pixels', async () => {
  const viewer = await stage.view(desktop);
  // The terminal fills the screen, dark; then its prompt stands there.
  await viewer.refreshUntil((pixels) => darkOf(pixels) > 400_000 && lightOf(pixels) > 0);
  const before = lightOf(viewer.pixels);
  viewer.type('echo XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX\n');
  await viewer.refreshUntil((pixels) => lightOf(pixels) > before + 200);
  viewer.close();
});

it('gives the one application back to a user who has closed it', async () => {
  const viewer = await stage.view(desktop);
  await viewer.refreshUntil((pixels) => darkOf(pixels) > 400_000);
  viewer.type('exit\n');
  await viewer.refreshUntil((pixels) => darkOf(pixels) < 400_000);
  await viewer.refreshUntil((pixels) => darkOf(pixels) > 400_000);
  viewer.close();
});

it('starts nothing anew when it is told to start again', async () => {
  const before = await lastingProcessesOf(desktop);
  const report = await stage.startDesktop({ desktop });
  expect(report).toMatchObject({ desktop, state: 'running' });
  expect(await lastingProcessesOf(desktop)).toEqual(before);
});

it('tells how it is', async () => {
  expect(await stage.host.poll(desktop)).toEqual({
    desktop,
    state: 'running',
    socket: expect.stringMatching(/^\/.{1,99}$/),
  });
  expect(await stage.host.list()).toHaveLength(1);
  expect(stage.host.report).toMatchObject({
    capacity: 4,
    faults: [],
    desktops: [{ desktop, state: 'running', startedAt: expect.any(String) }],
  });
});
