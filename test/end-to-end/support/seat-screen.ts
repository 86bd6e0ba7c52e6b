import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import type { Api } from './api.ts';
import { type Paint, shareOfPicture } from './pictures.ts';

const timeoutMs = 60_000;
/** Of a picture that is small, and has a margin around the terminal. */
const most = 0.5;

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
 * @param decoder any page, whose browser decodes the picture
 */
export async function untilSeatShowsColour(
  api: Api,
  device: string,
  { page, paint, share = most }: { page: Page; paint: Paint; share?: number },
): Promise<void> {
  await waitFor(
    `the picture of ${device} is ${paint.rgb}`,
    async () => {
      const picture = await api.snapshot(device).catch(() => undefined);
      return picture !== undefined && (await shareOfPicture(page, picture, paint)) > share;
    },
    timeoutMs,
  );
}
