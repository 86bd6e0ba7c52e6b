import type {
  CommandOutcome,
  CommandRunner,
  HeldProcess,
  HoldOptions,
  RunOptions,
} from '../process/command-runner.ts';

export type Script = (commandLine: string) => CommandOutcome | Promise<CommandOutcome>;

/** @returns a program that printed `stdout` and was content. */
export function printed(stdout: string): CommandOutcome {
  return { kind: 'exited', exitCode: 0, stdout, stderr: '' };
}

/** @returns a program that complained. */
export function complained(stderr: string, exitCode = 1): CommandOutcome {
  return { kind: 'exited', exitCode, stdout: '', stderr };
}

/** A held program that a test lets speak and die. */
export class ScriptedHold implements HeldProcess {
  readonly exited: Promise<{ reason: string }>;
  readonly commandLine: string;
  readonly #onLine: (line: string) => void;
  #exit: (end: { reason: string }) => void = () => undefined;
  isAlive = true;

  constructor(commandLine: string, { onLine }: HoldOptions) {
    this.commandLine = commandLine;
    this.#onLine = onLine ?? (() => undefined);
    this.exited = new Promise((resolve) => {
      this.#exit = resolve;
    });
  }

  say(...lines: string[]): void {
    for (const line of lines) this.#onLine(line);
  }

  die(reason: string): void {
    this.isAlive = false;
    this.#exit({ reason });
  }

  async stop(): Promise<void> {
    this.die('stopped');
  }
}

/** A command runner that answers from a script and remembers what was asked. */
export class ScriptedCommands implements CommandRunner {
  readonly ran: string[] = [];
  readonly held: ScriptedHold[] = [];
  readonly #script: Script;

  constructor(script: Script = () => ({ kind: 'not-started', reason: 'not installed' })) {
    this.#script = script;
  }

  async run(file: string, args: readonly string[], { signal }: RunOptions): Promise<CommandOutcome> {
    signal?.throwIfAborted();
    const commandLine = [file, ...args].join(' ');
    this.ran.push(commandLine);
    return this.#script(commandLine);
  }

  hold(file: string, args: readonly string[], options: HoldOptions = {}): ScriptedHold {
    const hold = new ScriptedHold([file, ...args].join(' '), options);
    this.held.push(hold);
    return hold;
  }

  async has(_file: string): Promise<boolean> {
    return true;
  }
}
