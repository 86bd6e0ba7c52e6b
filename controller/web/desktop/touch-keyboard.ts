import { findElement } from './find-element.ts';
import { typedKeys } from './typed-keys.ts';

/** Something to delete must always be there, or a phone's keyboard tells of no Backspace. */
const filler = '_'.repeat(50);
const longest = 200;

/** Keys that change no text and so have to be sent by name: X11 keysyms. */
const namedKeys: Readonly<Record<string, number>> = {
  Tab: 0xff09,
  Escape: 0xff1b,
  ArrowLeft: 0xff51,
  ArrowUp: 0xff52,
  ArrowRight: 0xff53,
  ArrowDown: 0xff54,
};

/**
 * The keyboard of a phone or a tablet: it opens for a text field only, so there is one that nobody sees, and
 * what is typed into it goes to the desktop.
 *
 * @param send presses and releases the key of a keysym
 * @returns opens the keyboard; to be called while a tap is handled, or the browser refuses
 */
export function startTouchKeyboard(send: (keysym: number) => void): () => void {
  const field = findElement('touch-keyboard', HTMLTextAreaElement);
  let before = '';
  const refill = (): void => {
    field.value = filler;
    field.setSelectionRange(filler.length, filler.length);
    before = filler;
  };

  field.addEventListener('input', () => {
    for (const keysym of typedKeys(before, field.value)) send(keysym);
    before = field.value;
    if (before.length === 0 || before.length > longest) refill();
  });
  field.addEventListener('keydown', (event) => {
    const keysym = namedKeys[event.key];
    if (keysym === undefined) return;
    event.preventDefault();
    send(keysym);
  });
  return () => {
    refill();
    field.focus({ preventScroll: true });
  };
}
