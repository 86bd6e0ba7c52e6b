import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';

const timeoutMs = 45_000;

/** A colour that no page of Homeroom has: its number among xterm's 256, and what comes of it. */
export interface Paint {
  readonly number: number;
  readonly rgb: Rgb;
}
export type Rgb = readonly [number, number, number];
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
  await page.locator('body[data-state=painted]').waitFor();
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
export function shareOfPicture(page: Page, jpeg: Buffer, rgb: Rgb): Promise<number> {
  return askShare(page, { rgb, base64: jpeg.toString('base64') });
}

/**
 * @param page any page, whose browser decodes
 * @returns which share of two JPEGs of one size is not the same, 0 to 1
 */
export function shareThatDiffers(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(`(${countDifference})('${one.toString('base64')}', '${other.toString('base64')}')`);
}

interface Question {
  readonly rgb: Rgb;
  readonly selector?: string;
  readonly base64?: string;
}

function askShare(page: Page, question: Question): Promise<number> {
  return page.evaluate(`(${countShare})(${JSON.stringify(question)})`);
}

/** What follows runs in the page. JPEG is not exact, so each channel may be a little off. */
const helpers = `
const tolerance = 24;
const decode = (base64) =>
  createImageBitmap(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]));
const pixelsOf = (source) => {
  const canvas = new OffscreenCanvas(source.width, source.height);
  const context = canvas.getContext('2d');
  context.drawImage(source, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
};
const shareWhere = (pixels, colourAt) => {
  let count = 0;
  for (let start = 0; start < pixels.length; start += 4) {
    const colour = colourAt(start);
    if ([0, 1, 2].every((index) => Math.abs(colour[index] - pixels[start + index]) <= tolerance)) count += 1;
  }
  return count / (pixels.length / 4);
};`;

const countShare = `async ({ rgb, selector, base64 }) => {
  ${helpers}
  const source = selector ? document.querySelector(selector) : await decode(base64);
  return source && source.width > 0 ? shareWhere(pixelsOf(source), () => rgb) : 0;
}`;

const countDifference = `async (one, other) => {
  ${helpers}
  const pixels = pixelsOf(await decode(other));
  return 1 - shareWhere(pixelsOf(await decode(one)), (start) => pixels.slice(start, start + 3));
}`;
