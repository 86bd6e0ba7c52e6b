import type { ApiClient } from './api-client.ts';

/** What a command may use; it touches neither the environment nor the process. */
export interface CommandContext {
  /**
   * Made when first asked for, since help needs none.
   *
   * @param server the URL of another controller than the environment's
   * @throws CliFault when there is no token
   */
  readonly api: (server?: string) => ApiClient;
  /** Standard output: what the user asked for, and nothing else. */
  readonly print: (text: string) => void;
  /** Standard error where it is a terminal, for what is drawn over; undefined where nobody looks. */
  readonly progress: ((text: string) => void) | undefined;
  /** Fires at the first Ctrl-C: clean up and end. */
  readonly stopping: AbortSignal;
}

/** One command of `homeroom`. */
export interface Command {
  /** As typed: `token create`. */
  readonly name: string;
  readonly summary: string;
  /** The whole of its help. */
  readonly usage: string;
  /** @throws CliFault, HomeroomError */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<void>;
}
