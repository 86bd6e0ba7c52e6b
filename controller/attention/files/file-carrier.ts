/**
 * Has hosts put and collect files, person by person. A row of `file_round_people` is taken by moving its next look, which
 * is its lease: a process that dies over it leaves it to the next. Everything a host is asked for may be asked twice.
 */
import { type CollectionReport, errorCodeOf, HomeroomError, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import { ReconcileLoop } from '../../desktops/reconcile-loop.ts';
import type { DeviceCommands } from '../../fleet/ports.ts';
import type { Changes } from '../../store/changes.ts';
import type { Database } from '../../store/database.ts';
import { apiPaths } from './api-paths.ts';
import { planCarry } from './carry-plan.ts';
import { DuePeople, type DuePerson } from './due-people.ts';

export interface FileCarrierOptions {
  readonly db: Database;
  readonly changes: Changes;
  readonly commands: Pick<DeviceCommands, 'send'>;
  readonly logger: Logger;
  /** Of each person. */
  readonly collectMaxMiB: number;
  readonly intervalMs?: number;
}

const maxFiles = 500;
/** A host that is away is waited for until the time is over; one that answers with a fault is not asked for ever. */
const maxFaults = 5;
const passing: ReadonlySet<string> = new Set([
  'device_offline',
  'command_timeout',
  'command_busy',
  'broker_unavailable',
]);

/** What stays as it is however often it is asked: the student's folder is in the way, the agent is too old. */
const lasting: ReadonlySet<string> = new Set(['conflict', 'hardware_absent', 'command_unknown']);

export class FileCarrier {
  readonly #options: FileCarrierOptions;
  readonly #due: DuePeople;
  readonly #loop: ReconcileLoop;
  readonly #arrived = new Set<string>();
  #hasResumed = false;
  #unsubscribe: (() => void) | undefined;

  constructor(options: FileCarrierOptions) {
    const { logger, db, intervalMs = 5_000 } = options;
    this.#options = options;
    this.#due = new DuePeople(db);
    this.#loop = new ReconcileLoop({
      name: 'file-rounds',
      intervalMs,
      restMs: 500,
      logger,
      look: (signal) => this.#look(signal),
    });
  }

  start(): void {
    this.#unsubscribe ??= this.#options.changes.subscribe(({ kind, id }) => {
      // Somebody may have come for whom files are waiting.
      if (kind === 'session') this.#arrived.add(id);
      if (kind === 'session' || kind === 'file-round') this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    await this.#loop.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!this.#hasResumed) await this.#due.resume();
    this.#hasResumed = true;
    const arrived = [...this.#arrived];
    this.#arrived.clear();
    await this.#due.hasten(arrived);
    for (;;) {
      const people = await this.#due.take();
      if (people.length === 0 || signal.aborted) return;
      await Promise.all(people.map((person) => this.#carry(person, signal)));
      for (const id of new Set(people.map(({ round }) => round))) {
        this.#options.changes.announce({ kind: 'file-round', id });
      }
    }
  }

  async #carry(person: DuePerson, signal: AbortSignal): Promise<void> {
    const step = planCarry(person);
    if (step.kind === 'fail') return await this.#due.fail(person, step.reason);
    if (step.kind === 'wait') return await this.#due.wait(person, step.reason);
    try {
      // From now on this host, and no other, may fetch or bring files of theirs.
      await this.#due.giveTo(person, step.host);
      if (person.kind === 'hand-out') await this.#put(person, step.host, signal);
      else await this.#collect(person, step.host, signal);
    } catch (caught) {
      if (!signal.aborted) await this.#setBack(person, toError(caught));
    }
  }

  async #put(person: DuePerson, host: string, signal: AbortSignal): Promise<void> {
    const { round, account, uid, folder, file } = person;
    if (!file) throw new HomeroomError('internal', 'a hand-out without a file');
    const files = [{ ...file, path: apiPaths.handedOut(round) }];
    const args = { round, account, uid, folder, files };
    const report = await this.#options.commands.send(host, 'files.put', args, { signal });
    const [put] = report.files;
    if (!put || put.state === 'failed') {
      const reason = put?.error?.message ?? 'The host did not say what became of it.';
      // The host could not fetch it just now.
      const isPassing = put?.error !== undefined && passing.has(put.error.code);
      return isPassing ? await this.#due.wait(person, reason) : await this.#due.fail(person, reason);
    }
    await this.#due.finish(person, { files: 1, bytes: put.sizeBytes, reason: savedAs(put), report });
  }

  async #collect(person: DuePerson, host: string, signal: AbortSignal): Promise<void> {
    const { round, account, uid, folder, user } = person;
    const { commands, collectMaxMiB, logger } = this.#options;
    const limits = { maxFiles, maxBytes: collectMaxMiB * 2 ** 20 };
    const report = await commands.send(
      host,
      'files.collect',
      { round, account, uid, folder, ...limits },
      { signal },
    );
    if (report.files.length > 0) {
      const path = apiPaths.broughtFiles(round, user);
      await commands.send(host, 'files.send', { round, account, path }, { signal });
    }
    await this.#due.finish(person, collected(report, folder));
    // What is here need not stay there; the next collection begins afresh.
    await commands.send(host, 'files.forget', { round, account }, { signal }).catch((caught: unknown) => {
      logger.warn({ err: toError(caught), deviceId: host, round }, 'a host keeps what was collected');
    });
  }

  async #setBack(person: DuePerson, error: Error): Promise<void> {
    const { logger } = this.#options;
    const { round, user } = person;
    const code = errorCodeOf(error);
    logger.warn({ err: error, round, userId: user }, 'the files of a person were not carried');
    const reason =
      error instanceof HomeroomError ? error.detail : 'Homeroom made a mistake; its log says more.';
    const isHopeless = lasting.has(code) || (!passing.has(code) && person.attempts >= maxFaults);
    if (isHopeless) await this.#due.fail(person, reason);
    else await this.#due.wait(person, reason);
  }
}

function savedAs({ name, savedAs: given }: { name: string; savedAs: string | null }): string | null {
  return given === null || given === name ? null : `Another file has that name there: saved as ${given}.`;
}

function collected(report: CollectionReport, folder: string) {
  return {
    files: report.files.length,
    bytes: report.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    leftCount: report.leftCount,
    reason: report.isMissing ? `They have no folder “${folder}”.` : null,
    report,
  };
}
