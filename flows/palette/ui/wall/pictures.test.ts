import { expect, it } from 'vitest';
import { type Fetched, type Picture, type PictureRequest, Pictures } from './pictures.ts';

function setUp({ maxAtOnce = 2, isHidden = (): boolean => false } = {}) {
  const clock = { nowMs: 0 };
  const asked: (PictureRequest & { answer: (fetched: Fetched) => Promise<void> })[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];
  const pictures = new Pictures({
    fetch: (request) =>
      new Promise((resolve) => {
        const answer = async (fetched: Fetched): Promise<void> => {
          resolve(fetched);
          await Promise.resolve();
          await Promise.resolve();
        };
        asked.push({ ...request, answer });
      }),
    nowMs: () => clock.nowMs,
    schedule: (run, delayMs) => {
      const timer = { run, delayMs };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    isHidden,
    maxAtOnce,
  });
  const released: string[] = [];
  const picture = (url: string): Picture => ({ url, release: () => void released.push(url) });
  const show = (device: string) => {
    const seen: (string | undefined)[] = [];
    const watch = pictures.watch(device, (given) => seen.push(given?.url));
    watch.setVisible(true);
    return { seen, watch };
  };
  return { pictures, asked, timers, clock, released, picture, show };
}

it('asks for few at a time, and for the next when one has come', async () => {
  const { asked, picture, show } = setUp();
  for (const device of ['pi-1', 'pi-2', 'pi-3']) show(device);
  expect(asked.map(({ device }) => device)).toEqual(['pi-1', 'pi-2']);
  await asked[0]?.answer(picture('one'));
  expect(asked.map(({ device }) => device)).toEqual(['pi-1', 'pi-2', 'pi-3']);
});

it('asks for the same one again after a second, and says that it has one', async () => {
  const { asked, picture, show, timers, clock } = setUp();
  show('pi-1');
  await asked[0]?.answer(picture('one'));
  expect(asked).toHaveLength(1);
  expect(timers.at(-1)?.delayMs).toBe(1_000);
  clock.nowMs = 1_000;
  timers.at(-1)?.run();
  expect(asked.map(({ hasPicture }) => hasPicture)).toEqual([false, true]);
});

it('keeps what is shown until the next is there, and gives its memory back then', async () => {
  const { asked, picture, show, timers, clock, released } = setUp();
  const { seen } = show('pi-1');
  await asked[0]?.answer(picture('one'));
  for (const [second, fetched] of (['unchanged', picture('two'), 'none'] as const).entries()) {
    clock.nowMs = (second + 1) * 1_000;
    timers.at(-1)?.run();
    await asked.at(-1)?.answer(fetched);
  }
  expect(seen).toEqual(['one', 'two', undefined]);
  expect(released).toEqual(['one', 'two']);
});

it('renews nothing that is out of sight', async () => {
  const { asked, picture, show, timers, clock } = setUp();
  const { watch, seen } = show('pi-1');
  await asked[0]?.answer(picture('one'));
  watch.setVisible(false);
  clock.nowMs = 5_000;
  for (const { run } of [...timers]) run();
  expect(asked).toHaveLength(1);
  watch.setVisible(true);
  expect(asked).toHaveLength(2);
  expect(seen).toEqual(['one']);
});

it('fetches nothing while the page is hidden, and looks again in a second', () => {
  const { asked, show, timers } = setUp({ isHidden: () => true });
  show('pi-1');
  expect(asked).toEqual([]);
  expect(timers.map(({ delayMs }) => delayMs)).toEqual([1_000]);
});

it('shows one device in two places', async () => {
  const { asked, picture, show } = setUp();
  const [tile, panel] = [show('pi-1'), show('pi-1')];
  for (const [index, each] of asked.entries()) await each.answer(picture(String(index)));
  expect([tile.seen, panel.seen]).toEqual([['0'], ['1']]);
});

it('gives back a picture that comes after its place is gone, and all of them at the end', async () => {
  const { asked, picture, pictures, show, released } = setUp();
  const { watch } = show('pi-1');
  show('pi-2');
  watch.end();
  await asked[0]?.answer(picture('late'));
  await asked[1]?.answer(picture('shown'));
  pictures.stop();
  expect(released).toEqual(['late', 'shown']);
  expect(asked[1]?.signal.aborted).toBe(true);
});
