import type { SessionStep } from '@homeroom/protocol';
import { stepWords } from '../shared/words/waiting-words.ts';
import '../shared/ui/step-list.css';

/** @returns the way to a desktop as a list, with where it is now; the same as the portal shows */
export function waitingSteps(steps: readonly SessionStep[]): HTMLOListElement {
  const list = document.createElement('ol');
  list.className = 'step-list';
  list.setAttribute('aria-label', 'On the way to your desktop');
  list.append(...steps.map(itemOf));
  return list;
}

function itemOf({ name, state }: SessionStep): HTMLLIElement {
  const item = document.createElement('li');
  item.dataset.state = state;
  if (state === 'now') item.setAttribute('aria-current', 'step');
  item.textContent = stepWords(name);
  return item;
}
