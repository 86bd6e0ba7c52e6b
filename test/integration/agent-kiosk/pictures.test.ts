import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, KioskStage } from './stage.ts';

let stage: KioskStage;
beforeAll(async () => {
  stage = await KioskStage.open();
  // Noise is the hardest to compress; the page also tells when a name is laid over it.
  stage.answer = (_, response) =>
    answerWith(
      response,
      `<canvas id="c" width="960" height="600"></canvas><script>
        const context = document.getElementById('c').getContext('2d');
        const image = context.createImageData(960, 600);
        for (let i = 0; i < image.data.length; i += 1) image.data[i] = i % 4 === 3 ? 255 : Math.random() * 255;
        context.putImageData(image, 0, 0);
        let last = '';
        setInterval(() => {
          const name = document.getElementById('homeroom-identify')?.textContent ?? 'nothing';
          if (name !== last) fetch('/name/' + encodeURIComponent(name));
          last = name;
        }, 20);
      </script>`,
    );
  await stage.kiosk.start();
  await stage.kiosk.show(`${stage.origin}/noise`);
});
afterAll(() => stage.end());

/** JPEG, ITU T.81: marker C0 or C2 is followed by length, precision, height and width. */
function jpegSize(jpeg: Buffer): { width: number; height: number } {
  const frame = jpeg.findIndex((byte, index) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[index + 1] ?? 0));
  return { height: jpeg.readUInt16BE(frame + 5), width: jpeg.readUInt16BE(frame + 7) };
}

it('takes a small JPEG of the width asked for, the same one for all who ask within a second', async () => {
  const [first, second] = await Promise.all([stage.kiosk.screenshot(480), stage.kiosk.screenshot(480)]);
  const jpeg = Buffer.from(first.base64, 'base64');
  expect(jpegSize(jpeg)).toEqual({ width: 480, height: 300 });
  expect(jpeg.length).toBeLessThanOrEqual(60_000);
  expect(second).toBe(first);
});

it('lays the seat’s name over the page and takes it away again', async () => {
  await stage.kiosk.identify(4, 'Seat <3> "A"');
  await stage.waitForVisit(`/name/${encodeURIComponent('Seat <3> "A"')}`);
  await waitFor(
    'the name is gone',
    () => stage.visits.filter(({ path }) => path === '/name/nothing').length === 2,
  );
});
