import type { ApiClient } from './api-client.ts';
import type { LocalInstallation } from './local-installation.ts';
import type { LoginFile } from './login/login-file.ts';
import type { OptionRules } from './option-rule.ts';

/** What a command may use; it touches neither the environment nor the process. */
export interface CommandContext {
  /**
   * Made when first asked for, since help needs none.
   *
   * @param server the URL of another controller than `--server` or the environment name
   * @throws CliFault when there is no token
   */
  readonly api: (server?: string) => ApiClient;
  /** What `--server` or HOMEROOM_URL names; undefined for this machine's own, or the one signed in to last. */
  readonly server: string | undefined;
  /** The installation of this machine, for commands that work on its files. @throws HomeroomError `config_invalid` */
  readonly local: () => LocalInstallation;
  /** Where tokens of other controllers are kept. */
  readonly logins: LoginFile;
  /** Standard output: what the user asked for, and nothing else. */
  readonly print: (text: string) => void;
  /** Standard error: what is told beside it. */
  readonly tell: (text: string) => void;
  /** Standard error where it is a terminal, for what is drawn over; undefined where nobody looks. */
  readonly progress: ((text: string) => void) | undefined;
  /**
   * Ask the person at the terminal; without a terminal a line of standard input is taken.
   *
   * @param options `isSecret`: what is typed is not shown
   * @throws CliFault when there is no answer
   */
  readonly ask: (question: string, options?: { isSecret?: boolean }) => Promise<string>;
  /** Whether somebody sits at the terminal who can be asked back. */
  readonly isAttended: boolean;
  /** Fires at the first Ctrl-C: clean up and end. */
  readonly stopping: AbortSignal;
}

/** One command of `homeroom`. */
export interface Command {
  /** As typed: `token create`. */
  readonly name: string;
  readonly summary: string;
  /** Its arguments by name, for the completion; none when absent. */
  readonly arguments?: readonly string[];
  /** Its options, for the completion. */
  readonly options: OptionRules;
  /** The whole of its help. */
  readonly usage: string;
  /** @throws CliFault, HomeroomError */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<void>;
}
