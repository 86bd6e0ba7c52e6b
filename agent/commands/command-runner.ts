import {
  type Command,
  type CommandName,
  commands,
  decodePayload,
  decodeValue,
  errorCodeOf,
  HomeroomError,
  isCommandName,
  messages,
  parseTopic,
  type Result,
  toError,
} from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import type { Incoming } from '../link/connection.ts';
import type { Log } from '../log.ts';
import { admit } from './admission.ts';
import type { CommandContext, Handlers } from './handlers.ts';
import { ResultMemory } from './result-memory.ts';

export interface CommandRunnerOptions {
  readonly handlers: Handlers;
  readonly sendResult: (name: string, result: Result) => void;
  /** Whether this machine knows what time it is. */
  readonly isClockSynchronised: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** So many run side by side; more are refused as busy, so that a flood cannot pile up. */
const maxRunning = 32;

/**
 * Runs commands once. Rules:
 * - a retained one and one that came too late are dropped, with a result that says so;
 * - a repeated id is answered from memory, and is silent while the first is still running;
 * - every command ends within its time, with exactly one final result.
 */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;
  readonly #memory = new ResultMemory();
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
  }

  /** Take a message of a command topic; never throws. */
  receive({ topic, payload, isRetained }: Incoming): void {
    const parsed = parseTopic(topic);
    if (parsed?.kind !== 'command') return;
    const { name } = parsed;
    const decoded = decodePayload(messages.command, payload);
    if (!decoded.ok) {
      // Without an id there is nobody to answer.
      this.#options.log.warn('command is not understood', {
        name,
        code: decoded.code,
        reason: decoded.reason,
      });
      return;
    }
    const command = decoded.value;
    const earlier = this.#memory.get(command.id);
    if (earlier?.state === 'ended') this.#options.sendResult(name, earlier.result);
    if (earlier) return;
    const work = this.#run(name, command, isRetained).finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  /** Abort what runs and wait for it. */
  async stop(): Promise<void> {
    this.#stopping.abort(new HomeroomError('command_timeout', 'the agent stops'));
    await Promise.all(this.#running);
  }

  async #run(name: string, command: Command, isRetained: boolean): Promise<void> {
    const { clock, isClockSynchronised, log, sendResult } = this.#options;
    let result: Result;
    try {
      admit(command, {
        isRetained,
        receivedAt: clock.now(),
        waitedMs: 0,
        isClockSynchronised: isClockSynchronised(),
      });
      if (this.#memory.running >= maxRunning) throw new HomeroomError('command_busy');
      this.#memory.begin(command.id);
      result = { id: command.id, status: 'succeeded', data: await this.#execute(name, command) };
    } catch (caught) {
      const error = toError(caught);
      log.warn('command failed', { name, commandId: command.id, error });
      result = failure(command.id, error);
    }
    if (!isRetained) this.#memory.end(command.id, result);
    sendResult(name, result);
  }

  async #execute(name: string, command: Command): Promise<unknown> {
    if (!isCommandName(name)) throw new HomeroomError('command_unknown', name);
    const args = decodeValue(commands[name].args, command.args);
    if (!args.ok) throw new HomeroomError(args.code, args.reason);
    return await this.#withDeadline(commands[name].timeoutMs, (context) =>
      call(this.#options.handlers, name, args.value, context),
    );
  }

  /** The handler is told to stop when its time is over; should it not listen, it is no longer waited for. */
  async #withDeadline<T>(timeoutMs: number, run: (context: CommandContext) => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timeout = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, timeout.signal]);
    signal.addEventListener('abort', () => late.reject(signal.reason), { once: true });
    const cancel = this.#options.clock.after(timeoutMs, () => {
      timeout.abort(new HomeroomError('command_timeout', `not done within ${timeoutMs} ms`));
    });
    try {
      signal.throwIfAborted();
      return await Promise.race([run({ signal }), late.promise]);
    } finally {
      cancel();
    }
  }
}

/** The one place where a name picks its handler: both are of the same row of the table. */
function call<N extends CommandName>(
  handlers: Handlers,
  name: N,
  args: Parameters<Handlers[N]>[0],
  context: CommandContext,
): Promise<unknown> {
  const handler: (args: Parameters<Handlers[N]>[0], context: CommandContext) => Promise<unknown> =
    handlers[name];
  return handler(args, context);
}

function failure(id: string, error: Error): Result {
  const code = errorCodeOf(error);
  const message = error instanceof HomeroomError ? error.detail : error.message;
  return { id, status: statusOf(code), error: { code, message: message.slice(0, 200) } };
}

function statusOf(code: string): Result['status'] {
  if (code === 'command_expired') return 'expired';
  const isRefused =
    code === 'command_retained' ||
    code === 'command_unknown' ||
    code === 'command_busy' ||
    code === 'payload_invalid';
  return isRefused ? 'rejected' : 'failed';
}
