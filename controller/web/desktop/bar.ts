import { createBarKeys } from './bar-keys.ts';
import { findElement } from './find-element.ts';

export interface BarActions {
  /** The bar is closed: keys go to the desktop again. */
  readonly giveBackFocus: () => void;
  readonly openClipboard: () => void;
  /** Opens a phone's own keyboard. */
  readonly openKeyboard: () => void;
  readonly askEnd: () => void;
  /** Give the keys to what waits for an answer; false when nothing does, or has them already. */
  readonly reachNotice: () => boolean;
  /** Go away and leave the desktop running. */
  readonly leave: () => void;
}

const lingerMs = 2_500;

/**
 * The small bar at the top edge. It shows itself on the pointer, on its handle and on Ctrl+Alt+Shift, and hides
 * when neither pointer nor focus is in it.
 */
export function startBar(actions: BarActions): void {
  const bar = findElement('bar', HTMLDivElement);
  const handle = findElement('bar-handle', HTMLButtonElement);
  const fullscreen = findElement('bar-fullscreen', HTMLButtonElement);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const setOpen = (isOpen: boolean): void => {
    clearTimeout(timer);
    bar.toggleAttribute('data-open', isOpen);
    handle.setAttribute('aria-expanded', String(isOpen));
  };
  const close = (): void => {
    setOpen(false);
    actions.giveBackFocus();
  };
  const hideSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => setOpen(bar.matches(':focus-within')), lingerMs);
  };
  const toggle = (): void => {
    if (bar.hasAttribute('data-open')) {
      close();
      return;
    }
    if (actions.reachNotice()) return;
    setOpen(true);
    fullscreen.focus();
  };

  handle.addEventListener('click', toggle);
  // A finger enters and leaves with each tap: it opens the bar by the handle, which must not vanish under it.
  bar.addEventListener('pointerenter', ({ pointerType }) => pointerType !== 'touch' && setOpen(true));
  bar.addEventListener('pointerleave', ({ pointerType }) => pointerType !== 'touch' && hideSoon());
  bar.addEventListener('focusout', hideSoon);
  bar.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  watchKeys(toggle);

  fullscreen.addEventListener('click', () => void toggleFullscreen().then(close));
  watchFullscreen();
  findElement('bar-keyboard', HTMLButtonElement).addEventListener('click', () => {
    setOpen(false);
    actions.openKeyboard();
  });
  findElement('bar-clipboard', HTMLButtonElement).addEventListener('click', actions.openClipboard);
  findElement('bar-leave', HTMLButtonElement).addEventListener('click', actions.leave);
  findElement('bar-end', HTMLButtonElement).addEventListener('click', actions.askEnd);
}

/** The button says what it does next; full screen ends by the browser's own keys, too. */
function watchFullscreen(): void {
  const word = findElement('bar-fullscreen-word', HTMLSpanElement);
  document.addEventListener('fullscreenchange', () => {
    word.textContent = document.fullscreenElement ? 'Leave full screen' : 'Full screen';
  });
}

function watchKeys(toggle: () => void): void {
  const isToggle = createBarKeys();
  const watch = (event: KeyboardEvent): void => {
    if (
      (event.type === 'keydown' || event.type === 'keyup') &&
      isToggle({ ...pick(event), type: event.type })
    )
      // After the event has reached the desktop: it must see the key's release before it loses the focus.
      setTimeout(toggle, 0);
  };
  window.addEventListener('keydown', watch, true);
  window.addEventListener('keyup', watch, true);
}

function pick({ key, ctrlKey, altKey, shiftKey }: KeyboardEvent) {
  return { key, ctrlKey, altKey, shiftKey };
}

/** Where the browser can, all keys (Alt+Tab, Escape) go to the desktop while it is full screen. */
async function toggleFullscreen(): Promise<void> {
  try {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
      return;
    }
    await document.documentElement.requestFullscreen();
    await navigator.keyboard?.lock();
  } catch {
    // The browser or its policy refuses; the window stays as it is, and nothing is lost.
  }
}
