import type { StreamTicket } from '@homeroom/protocol';
import { keepConnected } from '../connection.ts';
import { findElement } from '../find-element.ts';
import type { NextStep } from '../next-step.ts';
import { showPageState } from '../page-state.ts';
import { createPause } from '../pause.ts';
import type { Screen } from '../screen.ts';
import { streamUrl } from '../stream-url.ts';

export interface ViewStreamOptions {
  /** @throws ApiError */
  readonly requestTicket: () => Promise<StreamTicket>;
  readonly screen: Promise<typeof import('../screen.ts')>;
  /** Whether keyboard and mouse go along. */
  readonly isInControl: boolean;
  readonly broke: (step: NextStep) => void;
}

export interface ViewStream {
  /** Look again at once, when it waits. */
  readonly wake: () => void;
  readonly focus: () => void;
  /** No further attempt; the picture goes. */
  readonly end: () => void;
}

/** Keeps the stream of a desktop of others open, in the size that its user gave it. */
export function openViewStream({ requestTicket, screen, isInControl, broke }: ViewStreamOptions): ViewStream {
  const over = new AbortController();
  const pausing = createPause();
  let shown: Screen | undefined;
  void keepConnected(
    {
      requestTicket,
      open: async (ticket, events) => {
        const { openScreen } = await screen;
        const target = findElement('screen', HTMLElement);
        const url = streamUrl(ticket, window.location.href);
        shown = openScreen(target, url, events, isInControl ? 'control' : 'view');
        // It may have been ended while noVNC was on its way.
        if (over.signal.aborted) shown.close();
        return shown;
      },
      pause: pausing.pause,
      chance: Math.random,
      signal: over.signal,
    },
    {
      connected: () => showPageState('connected'),
      painted: () => showPageState('painted'),
      // The clipboard of others is theirs.
      copied: () => undefined,
      broke,
    },
  );
  return {
    wake: pausing.wake,
    focus: () => shown?.focus(),
    end: () => {
      over.abort();
      pausing.wake();
      shown?.close();
    },
  };
}
