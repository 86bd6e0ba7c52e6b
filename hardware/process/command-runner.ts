/** How a program ended. `stdout` and `stderr` hold what came until then. */
export type CommandOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** It could not be started: not installed, not executable. */
  | { readonly kind: 'not-started'; readonly reason: string }
  | {
      readonly kind: 'killed';
      readonly why: 'deadline' | 'too-much-output' | 'signal';
      readonly stdout: string;
      readonly stderr: string;
    };

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface HoldOptions {
  /** Hears each line of its output, without the line's end. */
  readonly onLine?: (line: string) => void;
}

/** A program that runs until it is stopped. */
export interface HeldProcess {
  /** Resolves when the process has gone, with its last words or the reason why it never came. */
  readonly exited: Promise<{ readonly reason: string }>;
  /** End it; resolves when it has gone. May be repeated. */
  stop(): Promise<void>;
}

/**
 * Runs external programs: never through a shell, always reaped, never with more output than a
 * parser wants to see. Secrets must not be arguments.
 */
export interface CommandRunner {
  /**
   * Run a program to its end.
   *
   * @returns how it ended; a failure of the program is an outcome, not an exception
   * @throws the signal's reason when it aborts; the program is dead by then
   */
  run(file: string, args: readonly string[], options: RunOptions): Promise<CommandOutcome>;
  /** Start a program and keep it; it ends with this process even when this process is killed. */
  hold(file: string, args: readonly string[], options?: HoldOptions): HeldProcess;
  /** @returns whether the program is installed. */
  has(file: string): Promise<boolean>;
}

/** @returns why a program did not do its work, in its own words where it had any. */
export function describeOutcome(file: string, outcome: CommandOutcome): string {
  if (outcome.kind === 'not-started') return `${file} could not be started: ${outcome.reason}`;
  const words = lastLine(outcome.stderr) ?? lastLine(outcome.stdout);
  const end = outcome.kind === 'killed' ? `was ended (${outcome.why})` : `ended with ${outcome.exitCode}`;
  return words ? `${file} ${end}: ${words}` : `${file} ${end}`;
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim().slice(0, 200) || undefined;
}
