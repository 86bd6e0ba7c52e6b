import type { SeatKey } from '@homeroom/protocol/wire';
import type { KeyStroke, MouseStroke } from './cdp-protocol.ts';

/** What is done on a keyboard: the text is typed, then the key is pressed. */
export interface Strokes {
  /** Without control characters. */
  readonly text?: string | undefined;
  readonly key?: SeatKey | undefined;
}

/** A place on the screen, each from 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What is typed and clicked at. */
export interface InputPage {
  pressKey(stroke: KeyStroke, signal: AbortSignal): Promise<void>;
  moveMouse(stroke: MouseStroke, signal: AbortSignal): Promise<void>;
  /** @returns in CSS pixels */
  size(): Promise<{ width: number; height: number }>;
}

/** The codes of `KeyboardEvent.keyCode`, and what the key writes. */
const keys: Readonly<Record<SeatKey, { readonly keyCode: number; readonly text?: string }>> = {
  Enter: { keyCode: 13, text: '\r' },
  Tab: { keyCode: 9 },
  Backspace: { keyCode: 8 },
  Escape: { keyCode: 27 },
  ArrowLeft: { keyCode: 37 },
  ArrowUp: { keyCode: 38 },
  ArrowRight: { keyCode: 39 },
  ArrowDown: { keyCode: 40 },
};

/** The hands at a seat: they do one thing after the other, however many ask at once. */
export class SeatInput {
  #tail: Promise<unknown> = Promise.resolve();

  /** @returns after the page has taken the last stroke */
  type(strokes: Strokes, page: InputPage, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      for (const stroke of keyStrokes(strokes)) await page.pressKey(stroke, signal);
    });
  }

  /** @returns after the page has taken the click */
  click(place: Place, page: InputPage, signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const { width, height } = await page.size();
      const at = { x: place.x * width, y: place.y * height };
      await page.moveMouse({ type: 'mouseMoved', ...at, button: 'none' }, signal);
      await page.moveMouse({ type: 'mousePressed', ...at, button: 'left', clickCount: 1 }, signal);
      await page.moveMouse({ type: 'mouseReleased', ...at, button: 'left', clickCount: 1 }, signal);
    });
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#tail.then(act);
    this.#tail = done.catch(() => undefined);
    return done;
  }
}

/**
 * Letters come without `code`: which key of which layout writes them is not known. So a remote desktop takes the
 * letter itself, as it does from a keyboard on a screen.
 */
function keyStrokes({ text = '', key }: Strokes): KeyStroke[] {
  const letters = [...text].flatMap((letter) => pressAndRelease({ key: letter }, letter));
  if (key === undefined) return letters;
  const { keyCode, text: written } = keys[key];
  return [...letters, ...pressAndRelease({ key, code: key, windowsVirtualKeyCode: keyCode }, written)];
}

function pressAndRelease(stroke: Omit<KeyStroke, 'type' | 'text'>, text: string | undefined): KeyStroke[] {
  return [
    { type: 'keyDown', ...stroke, ...(text !== undefined && { text }) },
    { type: 'keyUp', ...stroke },
  ];
}
