/** As `GET /findings` tells it: something that is not as the records say. */
export const findingKinds = ['missing', 'foreign', 'stuck', 'forgotten'] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly id: string;
  readonly kind: FindingKind;
  /** Null where no provider has to do with it. */
  readonly provider: string | null;
  readonly subject: string;
  /** A sentence: what is wrong. */
  readonly reason: string;
  /** In how many looks it was seen. */
  readonly times: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** A sentence: what is done about it; once it is over, what was done. */
  readonly mend: string;
  /** Null while it stands. */
  readonly mendedAt: string | null;
}
