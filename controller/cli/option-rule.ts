/** One option of a command: how it is read, and what its help and its completion say. */
export interface OptionRule {
  readonly type: 'string' | 'boolean';
  /** What help calls its value; none for a switch. */
  readonly value?: string;
  readonly description: string;
  /** The only values there are. */
  readonly choices?: readonly string[];
  /** It may be given several times. */
  readonly multiple?: boolean;
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** What was given: switches are false unless they stand there. */
export type OptionValues<O extends OptionRules> = {
  readonly [K in keyof O]: O[K]['type'] extends 'boolean'
    ? boolean
    : O[K]['multiple'] extends true
      ? readonly string[]
      : string | undefined;
};

/** `--json`, which every command that shows something has. */
export const jsonOption = {
  type: 'boolean',
  description: 'print JSON, for scripts',
} as const satisfies OptionRule;
