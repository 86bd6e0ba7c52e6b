import { toError } from '@homeroom/protocol';

/**
 * Call somebody who listens. What a listener throws, at once or later (an async one), is its own fault: it must
 * reach neither the library that brought the news nor the process.
 */
export function tellSafely(tell: () => unknown, onFault: (error: Error) => void): void {
  try {
    const outcome = tell();
    if (outcome instanceof Promise) outcome.catch((caught) => onFault(toError(caught)));
  } catch (caught) {
    onFault(toError(caught));
  }
}
