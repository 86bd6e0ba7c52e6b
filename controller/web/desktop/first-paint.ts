import type { Display } from '@novnc/novnc';

/**
 * Calls back once, after the first pixels that came from the desktop stand on the canvas.
 *
 * noVNC has no event for it. Its `flip` copies what changed to the canvas: with pictures still being
 * decoded it queues itself, and with nothing changed (a cursor, a size) it copies nothing.
 */
export function onFirstPaint(display: Display, painted: () => void): void {
  const flip = display.flip.bind(display);
  let isPainted = false;
  display.flip = (fromQueue) => {
    const { left, right, top, bottom } = display._damageBounds;
    const draws = (fromQueue || !display.pending()) && right > left && bottom > top;
    flip(fromQueue);
    if (isPainted || !draws) return;
    isPainted = true;
    painted();
  };
}
