import { findElement } from './find-element.ts';

/**
 * Asks before the desktop ends.
 *
 * @param end called when the person is sure
 * @param giveBackFocus called when not
 * @returns a function that asks
 */
export function startEndQuestion(end: () => void, giveBackFocus: () => void): () => void {
  const dialog = findElement('end-dialog', HTMLDialogElement);
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'end') end();
    else giveBackFocus();
  });
  return () => {
    dialog.returnValue = '';
    dialog.showModal();
  };
}
