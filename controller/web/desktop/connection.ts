/**
 * Keeps the desktop's stream open: ticket, stream, and again after a break.
 *
 * Invariants: one stream at most; a ticket is used once; after a failure comes a back-off, which starts afresh
 * once a picture was seen; `ended`, `moved` and `sign-in` are final.
 */
import type { StreamTicket } from '@homeroom/protocol';
import { toApiError } from '../shared/api/api-error.ts';
import { backOffMs } from '../shared/back-off.ts';
import { isFinal, type NextStep, nextStep } from './next-step.ts';
import type { Screen, ScreenEvents } from './screen.ts';

export interface ConnectionPorts {
  /** @throws ApiError */
  readonly requestTicket: () => Promise<StreamTicket>;
  readonly open: (ticket: StreamTicket, events: ScreenEvents) => Promise<Screen>;
  /** Resolves after `delayMs`, or earlier when there is reason to look again. */
  readonly pause: (delayMs: number) => Promise<void>;
  readonly chance: () => number;
  /** The page is over: no further attempt. */
  readonly signal: AbortSignal;
}

export interface ConnectionEvents extends ScreenEvents {
  /** No stream now; a final step comes at most once, as the last. */
  readonly broke: (step: NextStep) => void;
}

/** @returns when the page has nothing more to wait for; never rejects. */
export async function keepConnected(ports: ConnectionPorts, events: ConnectionEvents): Promise<void> {
  let failures = 0;
  while (!ports.signal.aborted) {
    const { code, wasPainted } = await connectOnce(ports, events);
    if (ports.signal.aborted) return;
    const step = nextStep(code);
    events.broke(step);
    if (isFinal(step)) return;
    failures = wasPainted ? 1 : failures + 1;
    await ports.pause(backOffMs(failures, ports.chance()));
  }
}

/** One ticket, one stream, until it closes. */
async function connectOnce(
  ports: ConnectionPorts,
  events: ConnectionEvents,
): Promise<{ code: string; wasPainted: boolean }> {
  let wasPainted = false;
  const painted = (): void => {
    wasPainted = true;
    events.painted();
  };
  try {
    const ticket = await ports.requestTicket();
    const screen = await ports.open(ticket, { ...events, painted });
    return { code: await screen.closed, wasPainted };
  } catch (caught) {
    return { code: toApiError(caught).code, wasPainted };
  }
}
