import { findElement } from './find-element.ts';

/** One quiet line at the bottom of the desktop; empty takes it away. */
export function showHint(text: string): void {
  const hint = findElement('hint', HTMLParagraphElement);
  hint.hidden = text === '';
  hint.textContent = text;
}
