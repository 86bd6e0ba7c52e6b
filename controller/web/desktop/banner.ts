import { findElement } from './find-element.ts';

export interface Banner {
  /** Shows what the teacher says; null takes it away. The same words are not shown again once they were closed. */
  readonly show: (message: string | null) => void;
}

/** The teacher's words over the desktop, until they are closed or taken back. */
export function startBanner(giveBackFocus: () => void): Banner {
  const banner = findElement('banner', HTMLDivElement);
  const text = findElement('banner-text', HTMLParagraphElement);
  let closed: string | null = null;

  findElement('banner-close', HTMLButtonElement).addEventListener('click', () => {
    closed = text.textContent;
    banner.hidden = true;
    giveBackFocus();
  });
  return {
    show: (message) => {
      if (message === null) closed = null;
      banner.hidden = message === null || message === closed;
      text.textContent = message ?? '';
    },
  };
}
