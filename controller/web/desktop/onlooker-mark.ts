import type { Session } from '@homeroom/protocol';
import { onlookerWords } from '../shared/words/onlooker-words.ts';
import { findElement } from './find-element.ts';

/** Shows at the edge of the desktop who looks at it; it lies over the picture, so that nothing moves. */
export function showOnlookers(session: Session): void {
  const mark = findElement('onlookers', HTMLParagraphElement);
  const words = session.state === 'ended' ? null : onlookerWords(session);
  if (words !== null && mark.textContent !== words) mark.textContent = words;
  mark.hidden = words === null;
}
