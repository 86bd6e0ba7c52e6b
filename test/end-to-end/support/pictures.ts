import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';

const timeoutMs = 45_000;

/** A colour that no page of Homeroom has: its number among xterm's 256, and what comes of it. */
export interface Paint {
  readonly number: number;
  readonly rgb: readonly [number, number, number];
}
export const red: Paint = { number: 196, rgb: [255, 0, 0] };
export const magenta: Paint = { number: 201, rgb: [255, 0, 255] };

/** The share of a picture that must have a colour to be called so. */
const most = 0.5;
/** A terminal's cursor, as our settings for xterm have it; it is filled while the terminal takes the keys. */
const cursorRgb = [108, 197, 232] as const;
const filledCursor = 0.0001;

/** @returns a shell's command that makes its terminal one colour from edge to edge */
export function paintCommand({ number }: Paint): string {
  return `printf '\\e[48;5;${number}m\\e[2J'`;
}

/** @returns whether most of the desktop's picture, on its page, has a colour */
export async function isDesktop(page: Page, paint: Paint): Promise<boolean> {
  return (await askShare(page, { rgb: paint.rgb, selector: '#screen canvas' })) > most;
}

/** Wait until most of the desktop's picture, on its page, has a colour. */
export async function untilDesktopIs(page: Page, paint: Paint): Promise<void> {
  await waitFor(`the desktop is ${paint.rgb}`, () => isDesktop(page, paint), timeoutMs);
}

/** Wait until a terminal on the desktop takes what is typed. */
export async function untilTerminalListens(page: Page): Promise<void> {
  await waitFor(
    'the terminal has the keyboard',
    async () => (await askShare(page, { rgb: cursorRgb, selector: '#screen canvas' })) > filledCursor,
    timeoutMs,
  );
}

/**
 * @param page any page, whose browser decodes
 * @returns which share of a JPEG has a colour, 0 to 1
 */
export function shareOfPicture(page: Page, jpeg: Buffer, { rgb }: Paint): Promise<number> {
  return askShare(page, { rgb, base64: jpeg.toString('base64') });
}

interface Question {
  readonly rgb: readonly [number, number, number];
  readonly selector?: string;
  readonly base64?: string;
}

function askShare(page: Page, question: Question): Promise<number> {
  return page.evaluate(`(${countShare})(${JSON.stringify(question)})`);
}

/** Runs in the page. JPEG is not exact, so each channel may be a little off. */
const countShare = `async ({ rgb, selector, base64 }) => {
  const tolerance = 24;
  const source = selector
    ? document.querySelector(selector)
    : await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
  if (!source || source.width === 0) return 0;
  const canvas = new OffscreenCanvas(source.width, source.height);
  const context = canvas.getContext('2d');
  context.drawImage(source, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let start = 0; start < data.length; start += 4) {
    if (rgb.every((channel, index) => Math.abs(channel - data[start + index]) <= tolerance)) count += 1;
  }
  return count / (data.length / 4);
}`;
