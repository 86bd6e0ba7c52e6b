import { findElement } from './find-element.ts';

export interface VeilAction {
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly run: () => void;
}

export interface Veil {
  /** Says in large what is going on; `text` may be empty. `more` stands between the words and the actions. */
  readonly say: (title: string, text: string, actions?: readonly VeilAction[], more?: HTMLElement) => void;
}

/** What lies over the screen while there is no picture; the style sheet shows it by the page's state. */
export function findVeil(): Veil {
  const title = findElement('veil-title', HTMLHeadingElement);
  const text = findElement('veil-text', HTMLParagraphElement);
  const buttons = findElement('veil-actions', HTMLDivElement);
  const details = findElement('veil-more', HTMLDivElement);
  let told = '';
  return {
    say: (newTitle, newText, actions = [], more = undefined) => {
      title.textContent = newTitle;
      text.textContent = newText;
      details.replaceChildren(...(more ? [more] : []));
      // News of the same wait must not take the focus from a button that is about to be pressed.
      const labels = actions.map(({ label }) => label).join('\n');
      if (labels === told) return;
      told = labels;
      buttons.replaceChildren(...actions.map(button));
      buttons.querySelector<HTMLElement>('.primary')?.focus();
    },
  };
}

function button(action: VeilAction): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = action.isPrimary ? 'button primary' : 'button';
  element.textContent = action.label;
  element.addEventListener('click', action.run);
  return element;
}
