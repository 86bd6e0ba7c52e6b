import type { Display } from '@novnc/novnc';

const drawing = ['fillRect', 'blitImage', 'drawImage'] as const;

/**
 * Calls back once, after the first pixels that came from the desktop stand on the canvas.
 *
 * noVNC has no event for it. It draws into a buffer and copies that to the canvas in `flip`, which queues itself
 * while pictures are still being decoded. It also flips an empty buffer whenever the size changes: so a flip counts
 * only when something was drawn before it.
 */
export function onFirstPaint(display: Display, painted: () => void): void {
  const flip = display.flip.bind(display);
  let progress: 'nothing' | 'drawn' | 'painted' = 'nothing';
  for (const name of drawing) {
    const draw = display[name].bind(display);
    display[name] = (...args) => {
      if (progress === 'nothing') progress = 'drawn';
      draw(...args);
    };
  }
  display.flip = (fromQueue) => {
    const isQueued = !fromQueue && display.pending();
    flip(fromQueue);
    if (progress !== 'drawn' || isQueued) return;
    progress = 'painted';
    painted();
  };
}
