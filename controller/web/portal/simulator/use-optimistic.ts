import { useEffect, useRef, useState } from 'react';

/** When the device does not agree by then, what it reports is shown after all. */
const agreeWithinMs = 5_000;

export interface Optimistic<T> {
  /** What was chosen, until the device reports the same; then what it reports. */
  readonly shown: T;
  /** @param send answers whether the choice reached the device */
  readonly choose: (value: T, send: () => Promise<boolean>) => void;
}

/** A control that follows the hand at once, and the device as soon as it agrees. */
export function useOptimistic<T>(reported: T): Optimistic<T> {
  const [chosen, setChosen] = useState<{ value: T; isSent: boolean }>();
  const turnRef = useRef(0);

  useEffect(() => {
    if (!chosen?.isSent) return undefined;
    if (Object.is(chosen.value, reported)) {
      setChosen(undefined);
      return undefined;
    }
    const timer = setTimeout(() => setChosen(undefined), agreeWithinMs);
    return () => clearTimeout(timer);
  }, [chosen, reported]);

  const choose: Optimistic<T>['choose'] = (value, send) => {
    turnRef.current += 1;
    const turn = turnRef.current;
    setChosen({ value, isSent: false });
    void send().then((isSent) => {
      if (turn === turnRef.current) setChosen(isSent ? { value, isSent } : undefined);
    });
  };
  return { shown: chosen ? chosen.value : reported, choose };
}
