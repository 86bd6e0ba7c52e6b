import { toError } from '@homeroom/protocol';

/** What a worker can be asked, by name. */
export type Handlers = Record<string, (argument: never) => unknown>;

/** A question to a worker, and its answer: their `id` is the same. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly fault?: string;
}

/** To be called by a worker's program: answer the parent's questions until it lets go. */
export function serveParent(handlers: Handlers): void {
  process.on('message', (question: Question) => void answer(handlers, question));
  process.once('disconnect', () => process.exit(0));
}

async function answer(handlers: Handlers, { id, name, argument }: Question): Promise<void> {
  try {
    const handler = handlers[name];
    if (!handler) throw new Error(`nobody answers ${name}`);
    tell({ id, value: await handler(argument as never) });
  } catch (caught) {
    tell({ id, fault: toError(caught).stack ?? toError(caught).message });
  }
}

function tell(answer: Answer): void {
  process.send?.(answer);
}
