import { expect, it } from 'vitest';
import type { KeyStroke, MouseStroke } from './cdp-protocol.ts';
import { type InputPage, SeatInput } from './seat-input.ts';

const { signal } = new AbortController();

/** A page of 1000 x 500 that takes a moment for every stroke. */
class SlowPage implements InputPage {
  readonly keys: KeyStroke[] = [];
  readonly mouse: MouseStroke[] = [];
  fails = false;

  async pressKey(stroke: KeyStroke): Promise<void> {
    await Promise.resolve();
    if (this.fails) throw new Error('the page is gone');
    this.keys.push(stroke);
  }

  async moveMouse(stroke: MouseStroke): Promise<void> {
    await Promise.resolve();
    this.mouse.push(stroke);
  }

  async size(): Promise<{ width: number; height: number }> {
    return { width: 1000, height: 500 };
  }
}

it('presses and releases each letter, then the key', async () => {
  const page = new SlowPage();
  await new SeatInput().type({ text: 'ß😀', key: 'Enter' }, page, signal);
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 };
  expect(page.keys).toEqual([
    { type: 'keyDown', key: 'ß', text: 'ß' },
    { type: 'keyUp', key: 'ß' },
    { type: 'keyDown', key: '😀', text: '😀' },
    { type: 'keyUp', key: '😀' },
    { type: 'keyDown', ...enter, text: '\r' },
    { type: 'keyUp', ...enter },
  ]);
});

it('presses nothing when there is nothing to press', async () => {
  const page = new SlowPage();
  await new SeatInput().type({}, page, signal);
  expect(page.keys).toEqual([]);
});

it('clicks where the place is on this screen', async () => {
  const page = new SlowPage();
  await new SeatInput().click({ x: 0.25, y: 1 }, page, signal);
  expect(page.mouse).toEqual([
    { type: 'mouseMoved', x: 250, y: 500, button: 'none' },
    { type: 'mousePressed', x: 250, y: 500, button: 'left', clickCount: 1 },
    { type: 'mouseReleased', x: 250, y: 500, button: 'left', clickCount: 1 },
  ]);
});

it('does not mix what two ask for at once', async () => {
  const page = new SlowPage();
  const hands = new SeatInput();
  await Promise.all(['ab', 'cd'].map((text) => hands.type({ text }, page, signal)));
  expect(page.keys.flatMap(({ type, key }) => (type === 'keyDown' ? [key] : [])).join('')).toBe('abcd');
});

it('goes on after a page that failed', async () => {
  const page = new SlowPage();
  const hands = new SeatInput();
  page.fails = true;
  await expect(hands.type({ text: 'a' }, page, signal)).rejects.toThrow('the page is gone');
  page.fails = false;
  await hands.type({ key: 'Tab' }, page, signal);
  expect(page.keys.map(({ key }) => key)).toEqual(['Tab', 'Tab']);
});
