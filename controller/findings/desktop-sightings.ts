/** What is told of desktops whose records are not as they should be. Pure. */
import type { DesktopState } from '@homeroom/protocol';
import { deletingLimitS } from '../desktops/desktop-states.ts';
import type { Sighting } from './sighting.ts';
import { spanInWords } from './span-in-words.ts';

/** Between the report and the deed: whoever is at it may have done it by then. */
export const mendGraceMs = 30_000;

export interface OverdueDesktop {
  readonly id: string;
  readonly provider: string;
  readonly state: DesktopState;
  readonly overdue_s: number;
  readonly error: string | null;
}

type Way = 'creating' | 'warming' | 'cooling';

const ways: Readonly<Record<Way, string>> = {
  creating: 'made',
  warming: 'started',
  cooling: 'stopped',
};

function isWay(state: DesktopState): state is Way {
  return state in ways;
}

/** @returns what is told of a desktop past its deadline, and who mends it */
export function stuckDesktop({ id, provider, state, overdue_s, error }: OverdueDesktop): Sighting {
  const about = { kind: 'stuck', provider, subject: id } as const;
  if (isWay(state)) {
    return {
      ...about,
      reason: sentences(`It should have been ${ways[state]} ${spanInWords(overdue_s)} ago.`, error),
      mend: 'It is given up and removed; its pool makes another.',
      graceMs: mendGraceMs,
    };
  }
  if (state === 'failed') {
    return {
      ...about,
      reason: sentences(
        `It failed and should be on its way out for ${spanInWords(overdue_s + deletingLimitS)}.`,
        error,
      ),
      mend: 'It is removed.',
      graceMs: mendGraceMs,
    };
  }
  return {
    ...about,
    reason: sentences(
      `Its provider has been asked to remove it for ${spanInWords(overdue_s + deletingLimitS)}, and does not say that it is gone.`,
      error,
    ),
    mend: 'Its provider is asked again about once a minute. It stays on record as being removed until it is gone.',
    graceMs: null,
  };
}

export interface UnhealthyDesktop {
  readonly id: string;
  readonly provider: string;
  readonly unhealthy_s: number;
  readonly error: string | null;
}

/** @returns what is told of a desktop in use that cannot be asked after */
export function silentDesktop({ id, provider, unhealthy_s, error }: UnhealthyDesktop): Sighting {
  return {
    kind: 'missing',
    provider,
    subject: id,
    reason: sentences(`It is in use, and has not answered for ${spanInWords(unhealthy_s)}.`, error),
    mend: 'It is asked again and again; whoever comes back to it is offered a fresh one. Files in the home folder are kept.',
    graceMs: null,
  };
}

/** @returns what is told of a desktop in use that no live session has */
export function ownerlessDesktop({ id, provider }: { id: string; provider: string }): Sighting {
  return {
    kind: 'forgotten',
    provider,
    subject: id,
    reason: 'It is on record as in use, but its session is over.',
    mend: 'It is removed.',
    graceMs: mendGraceMs,
  };
}

/** @returns what is told of a desktop that was whole and that its provider has lost */
export function lostDesktop({
  id,
  provider,
  state,
  error,
}: {
  readonly id: string;
  readonly provider: string;
  readonly state: DesktopState;
  readonly error: string | null;
}): Sighting {
  return {
    kind: 'missing',
    provider,
    subject: id,
    reason: sentences(`It is on record as ${state}, but its provider has it no more.`, error),
    mend: lostDeed(state),
    graceMs: null,
  };
}

/** @returns what was done about a lost desktop */
export function lostDeed(state: DesktopState): string {
  return state === 'claimed'
    ? 'Its session was ended as "desktop lost", and a fresh desktop is offered.'
    : 'What may be left of it is removed, and its pool makes another.';
}

function sentences(first: string, error: string | null): string {
  return error === null || error === '' ? first : `${first} ${error}`;
}
