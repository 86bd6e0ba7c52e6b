import type { Session } from '@homeroom/protocol';
import { endingWords, runningWords } from '../shared/words/ending-words.ts';
import { countdown } from '../shared/words/time-words.ts';
import { findElement } from './find-element.ts';

export interface EndingActions {
  /** Ask for the desktop to be kept. */
  readonly keep: () => Promise<void>;
  readonly giveBackFocus: () => void;
}

export interface Ending {
  /**
   * Shows the coming end of a session that was warned of it, and takes it away when that is off. What a running session
   * has to say without an end, as that its lesson is over, is shown for a minute.
   */
  readonly show: (session: Session) => void;
  /** Gives the keys to its button; false when there is none, or it has them. */
  readonly reach: () => boolean;
}

const everyMs = 500;
/** Time to read a sentence, and to look up from one's work. */
const sentenceMs = 60_000;

/** The calm bar over the desktop: that it ends, when, why, and the button that puts it off. */
export function startEnding(actions: EndingActions): Ending {
  const bar = findElement('ending', HTMLElement);
  const text = findElement('ending-text', HTMLParagraphElement);
  const left = findElement('ending-countdown', HTMLTimeElement);
  const keep = findElement('ending-keep', HTMLButtonElement);
  let timer: ReturnType<typeof setInterval> | undefined;
  let isAsking = false;

  const giveBack = (): void => {
    if (bar.contains(document.activeElement)) actions.giveBackFocus();
  };
  const hide = (): void => {
    clearInterval(timer);
    giveBack();
    bar.hidden = true;
  };
  const tell = (words: string): void => {
    // It stays told when it has gone.
    if (text.textContent === words) return;
    clearInterval(timer);
    text.textContent = words;
    left.textContent = '';
    keep.hidden = true;
    bar.hidden = false;
    timer = setInterval(hide, sentenceMs);
  };
  keep.addEventListener('click', () => {
    // Not disabled meanwhile: a disabled button loses the keys, and they would go nowhere.
    if (isAsking) return;
    isAsking = true;
    void actions.keep().finally(() => {
      isAsking = false;
      giveBack();
    });
  });
  bar.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') actions.giveBackFocus();
  });
  return {
    show: (session) => {
      if (session.warning === 0 || session.endsAt === null) {
        const words = runningWords(session);
        if (words === null) hide();
        else tell(words);
        return;
      }
      const { endsAt } = session;
      const words = endingWords(session);
      // The same words again would be read out again.
      if (text.textContent !== words) text.textContent = words;
      keep.hidden = !session.mayKeep;
      left.dateTime = endsAt;
      const count = (): void => {
        left.textContent = countdown(endsAt, new Date()) ?? '0:00';
      };
      clearInterval(timer);
      timer = setInterval(count, everyMs);
      count();
      bar.hidden = false;
    },
    reach: () => {
      if (bar.hidden || keep.hidden || document.activeElement === keep) return false;
      keep.focus();
      return true;
    },
  };
}
