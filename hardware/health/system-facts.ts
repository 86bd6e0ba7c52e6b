/**
 * What the kernel's files do not tell, by systeminformation. It starts shells and keeps 10 MB once it is
 * loaded, so it runs in a process of its own: at most every ten minutes, and never again for a temperature
 * that it did not find.
 */
import { fileURLToPath } from 'node:url';
import { toError } from '@homeroom/protocol/wire';
import * as v from 'valibot';
import type { Clock } from '../clock.ts';
import { type CommandRunner, describeOutcome } from '../process/command-runner.ts';

const timeoutMs = 15_000;
const maxAgeMs = 600_000;
const program = fileURLToPath(new URL('./print-system-facts.ts', import.meta.url));

const facts = v.object({
  manufacturer: v.optional(v.string(), ''),
  model: v.optional(v.string(), ''),
  temperatureC: v.nullish(v.number(), null),
});

export interface SystemFactsOptions {
  readonly commands: CommandRunner;
  readonly clock: Clock;
  readonly onFault: (fault: Error) => void;
}

export class SystemFacts {
  readonly #options: SystemFactsOptions;
  #latest: v.InferOutput<typeof facts> | undefined;
  #reading: Promise<void> | undefined;
  #readMs = Number.NEGATIVE_INFINITY;

  constructor(options: SystemFactsOptions) {
    this.#options = options;
  }

  /** @returns the model's name, or undefined when nobody knows it; takes a second the first time. */
  async model(): Promise<string | undefined> {
    await this.#refresh();
    return [this.#latest?.manufacturer, this.#latest?.model].filter(Boolean).join(' ') || undefined;
  }

  /** @returns the temperature as known by now, in °C; an old one is read afresh behind the caller's back. */
  temperatureC(): number | null {
    if (this.#latest?.temperatureC !== null) void this.#refresh();
    return this.#latest?.temperatureC ?? null;
  }

  #refresh(): Promise<void> {
    const { clock } = this.#options;
    if (clock.monotonicMs() - this.#readMs < maxAgeMs) return this.#reading ?? Promise.resolve();
    this.#readMs = clock.monotonicMs();
    this.#reading = this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const outcome = await this.#options.commands.run(process.execPath, [program], { timeoutMs });
      if (outcome.kind !== 'exited' || outcome.exitCode !== 0)
        throw new Error(describeOutcome('systeminformation', outcome));
      this.#latest = v.parse(facts, JSON.parse(outcome.stdout));
    } catch (caught) {
      this.#options.onFault(toError(caught));
    }
  }
}
