import { useLayoutEffect } from 'react';

const kinds = ['keydown', 'keyup', 'pointerdown', 'click', 'contextmenu', 'wheel'] as const;

/** While `isLocked`, neither keys nor pointer do anything on the page. */
export function useSwallowedInput(isLocked: boolean): void {
  // Before the lock is seen: a key that is pressed at its sight shall be swallowed too.
  useLayoutEffect(() => {
    if (!isLocked) return undefined;
    const swallow = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    for (const kind of kinds) window.addEventListener(kind, swallow, { capture: true, passive: false });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, swallow, { capture: true });
    };
  }, [isLocked]);
}
