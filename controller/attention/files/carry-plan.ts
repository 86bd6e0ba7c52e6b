/** What is to be done for one person of a round now. Pure. */

export interface CarryFacts {
  readonly kind: 'hand-out' | 'collect';
  /** Whether the round's time is over. */
  readonly isOver: boolean;
  /** The live session of the person, else the one that ended last; null for somebody who never had one. */
  readonly session: {
    readonly isLive: boolean;
    /** Whether its desktop was made theirs: before that it has no home. */
    readonly isAssigned: boolean;
    /** The host of its desktop; null where it stands on none. */
    readonly host: string | null;
  } | null;
}

export type CarryStep =
  | { readonly kind: 'ask'; readonly host: string }
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'fail'; readonly reason: string };

const noDesktop = 'They have no desktop now; it is done when they come.';
const noHost = 'Their desktop stands on no host: files go to and come from desktops on hosts alone.';

/**
 * Files are put where somebody works, so that they see them; they are taken also from where somebody worked last.
 *
 * @returns which host to ask; or why nobody can be asked, now or at all
 */
export function planCarry({ kind, isOver, session }: CarryFacts): CarryStep {
  if (isOver) return { kind: 'fail', reason: 'They had no desktop until the time was over.' };
  if (!session?.isAssigned) return { kind: 'wait', reason: noDesktop };
  if (kind === 'hand-out' && !session.isLive) return { kind: 'wait', reason: noDesktop };
  if (session.host === null) return { kind: 'fail', reason: noHost };
  return { kind: 'ask', host: session.host };
}
