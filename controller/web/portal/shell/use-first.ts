import { useState } from 'react';

const step = 50;

/** The first of many records, and more of them for who asks: a thousand rows at once make a page slow. */
export function useFirst<T>(items: readonly T[]): {
  readonly shown: readonly T[];
  readonly hasMore: boolean;
  readonly more: () => void;
} {
  const [wanted, setWanted] = useState(step);
  return {
    shown: items.slice(0, wanted),
    hasMore: items.length > wanted,
    more: () => setWanted((last) => last + step),
  };
}
