import { useEffect, useRef } from 'react';

/** Calls `onIdle` once nobody has touched keys or pointer for `idleMs`. */
export function useIdle(idleMs: number, onIdle: () => void): void {
  const callback = useRef(onIdle);
  callback.current = onIdle;
  useEffect(() => {
    let timer = setTimeout(() => callback.current(), idleMs);
    const touched = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => callback.current(), idleMs);
    };
    window.addEventListener('keydown', touched);
    window.addEventListener('pointermove', touched);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', touched);
      window.removeEventListener('pointermove', touched);
    };
  }, [idleMs]);
}
