import { findElement } from '../find-element.ts';

export interface ViewBarState {
  readonly isInControl: boolean;
  /** Who else has keyboard and mouse; null for nobody. */
  readonly heldBy: string | null;
  /** Whose desktop it is. */
  readonly username: string;
}

export interface ViewBarActions {
  readonly takeOver: () => void;
  readonly giveBack: () => void;
  readonly askEnd: () => void;
  readonly leave: () => void;
}

/** @returns what the bar says. Pure. */
export function viewBarWords({ isInControl, heldBy, username }: ViewBarState): string {
  if (isInControl) return `You help at ${username}’s desktop. They see that you do.`;
  if (heldBy !== null) return `${heldBy} helps at ${username}’s desktop; you look at it.`;
  return `You look at ${username}’s desktop. Your keys and your mouse do nothing there.`;
}

/** The bar above a desktop of others: whose it is, and who has its keyboard and mouse. */
export function startViewBar(actions: ViewBarActions): (state: ViewBarState) => void {
  const bar = findElement('view-bar', HTMLDivElement);
  const words = findElement('view-words', HTMLParagraphElement);
  const takeOver = findElement('view-take-over', HTMLButtonElement);
  const giveBack = findElement('view-give-back', HTMLButtonElement);
  bar.hidden = false;
  takeOver.addEventListener('click', actions.takeOver);
  giveBack.addEventListener('click', actions.giveBack);
  findElement('view-end', HTMLButtonElement).addEventListener('click', actions.askEnd);
  findElement('view-leave', HTMLButtonElement).addEventListener('click', actions.leave);
  return (state) => {
    const text = viewBarWords(state);
    // The same words again would be read out again.
    if (words.textContent !== text) words.textContent = text;
    takeOver.hidden = state.isInControl;
    takeOver.disabled = state.heldBy !== null;
    giveBack.hidden = !state.isInControl;
  };
}
