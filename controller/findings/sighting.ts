import type { FindingKind } from '@homeroom/protocol';

/** Something that one look of a sweeper saw. */
export interface Sighting {
  readonly kind: FindingKind;
  /** Null where no provider has to do with it. */
  readonly provider: string | null;
  readonly subject: string;
  /** A sentence: what is wrong. */
  readonly reason: string;
  /** A sentence: what is done about it. */
  readonly mend: string;
  /**
   * How long it has stood before the sweeper that saw it may mend it; null where the sweeper does not: somebody else
   * is at it, or only a person can.
   */
  readonly graceMs: number | null;
}

/** No name that a provider gives is longer in a finding. */
const maxSubjectLength = 200;
const maxSentenceLength = 1_000;

/** @returns a sighting that fits the record, whatever an outside system put into it */
export function fitSighting(sighting: Sighting): Sighting {
  return {
    ...sighting,
    subject: fit(sighting.subject, maxSubjectLength) || '(no name)',
    reason: fit(sighting.reason, maxSentenceLength),
    mend: fit(sighting.mend, maxSentenceLength),
  };
}

function fit(text: string, maxLength: number): string {
  // PostgreSQL keeps no NUL in a text.
  const clean = text.replaceAll('\0', '').toWellFormed();
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1).toWellFormed()}…`;
}
