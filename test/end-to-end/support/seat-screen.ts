import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import type { Api } from './api.ts';
import { type Rgb, shareOfPicture, shareThatDiffers } from './pictures.ts';

const timeoutMs = 60_000;
/** Of a picture that is small, and has a margin around the terminal. */
const most = 0.5;
/** A word or a form more; the clock that moves on is less. */
const differentShare = 0.008;

/** Wait until a device reports that its own browser shows a page. */
export async function untilSeatShows(api: Api, device: string, path: string): Promise<void> {
  await waitFor(
    `${device} shows ${path}`,
    async () => {
      const { reported } = await api.ask('GET', `/devices/${device}`);
      return reported?.kiosk.state === 'showing' && reported.kiosk.url?.endsWith(path);
    },
    timeoutMs,
  );
}

/**
 * Wait until the picture of what a device's own browser shows is mostly of a colour.
 *
 * @param decoding.page any page, whose browser decodes the picture
 */
export async function untilSeatShowsColour(
  api: Api,
  device: string,
  { page, rgb }: { page: Page; rgb: Rgb },
): Promise<void> {
  await waitFor(
    `the picture of ${device} is ${rgb}`,
    async () => {
      const picture = await api.snapshot(device).catch(() => undefined);
      return picture !== undefined && (await shareOfPicture(page, picture, rgb)) > most;
    },
    timeoutMs,
  );
}

/**
 * Wait until a device's own browser has finished with its page.
 *
 * @returns its picture, which was the same some time before
 */
export async function untilSeatSettles(api: Api, device: string): Promise<Buffer> {
  let before = await api.datedSnapshot(device);
  return waitFor(
    `the picture of ${device} stays`,
    async () => {
      const now = await api.datedSnapshot(device);
      if (now.takenAt === before.takenAt) return undefined;
      const isSame = now.jpeg.equals(before.jpeg);
      before = now;
      return isSame ? now.jpeg : undefined;
    },
    timeoutMs,
  );
}

/**
 * Wait until a device's own browser shows something that looks like a picture taken before, or no more like it.
 *
 * @param decoding.page any page, whose browser decodes the pictures
 */
export async function untilSeatLooks(
  likeness: 'like' | 'unlike',
  before: Buffer,
  { api, device, page }: { api: Api; device: string; page: Page },
): Promise<void> {
  await waitFor(
    `the picture of ${device} is ${likeness} the one before`,
    async () => {
      const picture = await api.snapshot(device).catch(() => undefined);
      if (!picture) return false;
      const isLike = (await shareThatDiffers(page, before, picture)) < differentShare;
      return isLike === (likeness === 'like');
    },
    timeoutMs,
  );
}
