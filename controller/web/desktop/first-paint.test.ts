import { expect, test } from 'vitest';
import { onFirstPaint } from './first-paint.ts';

function setUp() {
  const calls: string[] = [];
  const display = {
    isPending: false,
    flip: (_fromQueue?: boolean) => void calls.push('flip'),
    fillRect: () => void calls.push('fillRect'),
    blitImage: () => void calls.push('blitImage'),
    drawImage: () => void calls.push('drawImage'),
    pending: () => display.isPending,
  };
  onFirstPaint(display, () => calls.push('painted'));
  return { display, calls };
}

test('the first update that was drawn is told, later ones are not', () => {
  const { display, calls } = setUp();
  display.blitImage();
  display.flip();
  display.fillRect();
  display.flip();
  expect(calls).toEqual(['blitImage', 'flip', 'painted', 'fillRect', 'flip']);
});

test('the empty buffer of a new size is no paint', () => {
  const { display, calls } = setUp();
  display.flip();
  expect(calls).toEqual(['flip']);
});

test('an update whose pictures are still being decoded counts when it is drawn from the queue', () => {
  const { display, calls } = setUp();
  display.fillRect();
  display.isPending = true;
  display.flip();
  display.drawImage();
  display.flip(true);
  expect(calls).toEqual(['fillRect', 'flip', 'drawImage', 'flip', 'painted']);
});
