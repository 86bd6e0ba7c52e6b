/**
 * What the rooms tell of how long their work takes, for whoever measures: nothing is done with it, and it costs next to
 * nothing, while nobody listens.
 */

import { channel } from 'node:diagnostics_channel';

/** One look of a reconcile loop. */
export interface LoopLook {
  readonly loop: string;
  readonly seconds: number;
  readonly isFailed: boolean;
}

/** One call of a provider's port. */
export interface ProviderCall {
  readonly provider: string;
  readonly call: string;
  readonly seconds: number;
  /** The code of the error that it ended with; null when it was answered. */
  readonly error: string | null;
}

/** The first stream of a session was opened. */
export interface SessionStart {
  /** From the claim of its desktop until the desktop was its user's. */
  readonly assignedSeconds: number;
  /** From the claim until its user saw it. */
  readonly activeSeconds: number;
}

/** A seat came into its class or out of it, or was given up. */
export interface ClassSeat {
  readonly kind: 'start' | 'end';
  readonly result: 'done' | 'failed';
  /** From when it was taken up. */
  readonly seconds: number;
}

/** One kind of figure. */
export interface Measure<T> {
  tell(figure: T): void;
  /** @returns a function that ends the listening */
  listen(listener: (figure: T) => void): () => void;
}

export const measures = {
  loopLook: measureOf<LoopLook>('homeroom:loop-look'),
  providerCall: measureOf<ProviderCall>('homeroom:provider-call'),
  sessionStart: measureOf<SessionStart>('homeroom:session-start'),
  classSeat: measureOf<ClassSeat>('homeroom:class-seat'),
} as const;

function measureOf<T>(name: string): Measure<T> {
  const wire = channel(name);
  return {
    tell: (figure) => {
      if (wire.hasSubscribers) wire.publish(figure);
    },
    listen: (listener) => {
      // The wire is this measure's own: only `tell` puts something on it.
      const hear = (figure: unknown) => listener(figure as T);
      wire.subscribe(hear);
      return () => void wire.unsubscribe(hear);
    },
  };
}
