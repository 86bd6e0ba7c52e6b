/** What stands in the catalogue for one error code. */
export interface ErrorRule {
  /** The HTTP status when it leaves by HTTP. */
  readonly status: number;
  /** What happened, as a sentence. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}
