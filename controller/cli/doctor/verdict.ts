/** What a check came to. */
export interface Verdict {
  readonly name: string;
  /** `warn`: it works, and somebody should look soon. `skipped`: it could not be looked at; another verdict says why. */
  readonly result: 'ok' | 'warn' | 'bad' | 'skipped';
  /** What was found, as a sentence. */
  readonly found: string;
  /** The line to type, or what to do; null where there is nothing. */
  readonly mend: string | null;
}

/** One thing that is looked at. It may look at several at once; what it throws is a verdict too. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<readonly Omit<Verdict, 'name'>[]>;
}

type Finding = Omit<Verdict, 'name'>;

/** @returns that all is well */
export const ok = (found: string): Finding => ({ result: 'ok', found, mend: null });
/** @returns that somebody should look */
export const warn = (found: string, mend: string): Finding => ({ result: 'warn', found, mend });
/** @returns that it does not work */
export const bad = (found: string, mend: string): Finding => ({ result: 'bad', found, mend });
/** @returns that it could not be looked at */
export const skipped = (found: string): Finding => ({ result: 'skipped', found, mend: null });
