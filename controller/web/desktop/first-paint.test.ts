import { expect, test } from 'vitest';
import { onFirstPaint } from './first-paint.ts';

function setUp({ isPending = false, right = 100, bottom = 50 } = {}) {
  const display = {
    _damageBounds: { left: 0, top: 0, right, bottom },
    isPending,
    flips: 0,
    flip(_fromQueue?: boolean) {
      display.flips += 1;
    },
    pending: () => display.isPending,
  };
  let paints = 0;
  onFirstPaint(display, () => {
    paints += 1;
  });
  return { display, paints: () => paints };
}

test('the first drawn update is told, later ones are not', () => {
  const { display, paints } = setUp();
  display.flip();
  display.flip();
  expect(paints()).toBe(1);
  expect(display.flips).toBe(2);
});

test('an update that changes no pixel is no paint', () => {
  const { display, paints } = setUp({ right: 0 });
  display.flip();
  expect(paints()).toBe(0);
});

test('an update whose pictures are still being decoded counts when it is drawn from the queue', () => {
  const { display, paints } = setUp({ isPending: true });
  display.flip();
  expect(paints()).toBe(0);
  display.flip(true);
  expect(paints()).toBe(1);
});
