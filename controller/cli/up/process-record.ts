import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';

const recorded = v.array(v.object({ name: v.string(), pid: v.number(), startedAt: v.string() }));
type Recorded = ProcessIdentity & { readonly name: string };

/**
 * Which processes `homeroom up` has started, kept in a file. When `up` itself is killed they go on running, and the
 * next start reads here whom to end before it starts its own.
 */
export class ProcessRecord {
  readonly #file: string;
  readonly #running = new Map<string, Recorded>();

  /** @param dataDir an existing folder */
  constructor(dataDir: string) {
    this.#file = join(dataDir, 'processes.json');
  }

  /** @returns what an earlier `up` left in the file; empty when it ended cleanly. */
  readLeftovers(): readonly Recorded[] {
    try {
      const parsed = v.safeParse(recorded, JSON.parse(readFileSync(this.#file, 'utf8')));
      return parsed.success ? parsed.output : [];
    } catch {
      // No file: a clean end. A torn one cannot be, as it is renamed into place.
      return [];
    }
  }

  /** Note that a child runs now. */
  add(name: string, pid: number): void {
    const identity = identifyProcess(pid);
    if (!identity) return;
    this.#running.set(name, { name, ...identity });
    this.#write();
  }

  /** Forget all of them: they have ended. */
  clear(): void {
    this.#running.clear();
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify([...this.#running.values()], undefined, 2), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}
