/**
 * Carries out one step of a change of power: facts, plan, one deed, written down. What it does may end at any line by the
 * end of the process: a command is written down before it is sent, says how the channel is to be, and is decided anew by
 * what is then true.
 */
import { type DeviceState, errorCodeOf, toError } from '@homeroom/protocol';
import type { Logger } from 'pino';
import type { DeviceCommands } from '../fleet/ports.ts';
import type { Changes } from '../store/changes.ts';
import type { Database } from '../store/database.ts';
import { factsOf } from './change-facts.ts';
import { answerLimitMs, planChange, pressMs, type Step } from './change-plan.ts';
import { endChange, noteSend, type TakenChange, updateChange } from './change-work.ts';
import type { RelayPort } from './relay-port.ts';

export interface ChangeWorkerOptions {
  readonly db: Database;
  readonly changes: Pick<Changes, 'announce'>;
  readonly port: RelayPort;
  readonly commands: Pick<DeviceCommands, 'send'>;
  /** @returns what a device said last of itself; undefined when this process has not heard it */
  readonly stateOf: (device: string) => DeviceState | undefined;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

const busyMs = 3_000;
const unreachedMs = 2_000;
/** Answers of a device that no waiting mends: it is no machine that can be shut down from here. */
const hopeless: ReadonlySet<string> = new Set(['command_unknown', 'hardware_absent', 'not_allowed']);

export class ChangeWorker {
  /** Only grow. */
  readonly counters = { finished: 0, failed: 0, sent: 0, unsent: 0 };
  readonly #options: ChangeWorkerOptions;

  constructor(options: ChangeWorkerOptions) {
    this.#options = options;
  }

  /** @throws database_unavailable; the change is looked at again */
  async step(row: TakenChange): Promise<void> {
    const nowMs = this.#options.nowMs();
    const step = planChange(factsOf(row, this.#heard(row), nowMs), nowMs);
    if (await this.#carryOut(row, step)) this.#options.changes.announce({ kind: 'relay', id: row.relay_id });
  }

  /** @returns whether pages and the next look need to hear of it */
  async #carryOut(row: TakenChange, step: Step): Promise<boolean> {
    const { db, nowMs } = this.#options;
    const now = new Date(nowMs());
    switch (step.do) {
      case 'finish':
        return await this.#end(row, null);
      case 'fail':
        return await this.#end(row, step.reason);
      case 'turn-on':
        return await updateChange(db, row, {
          action: 'on',
          shutdownAskedAt: null,
          shutDownAt: null,
          waitsFor: null,
        });
      case 'turn-cycle':
        return await updateChange(db, row, { action: 'cycle', waitsFor: null });
      case 'ask-shutdown':
        return await this.#askShutdown(row, now);
      case 'note-shutdown':
        return await updateChange(db, row, { shutDownAt: now });
      case 'forget-shutdown':
        return await updateChange(db, row, { shutDownAt: null, shutdownAskedAt: null });
      case 'send':
        return await this.#send(row, step.on);
      case 'wait':
        return await this.#wait(row, new Date(step.untilMs), step.reason);
    }
  }

  async #end(row: TakenChange, fault: string | null): Promise<boolean> {
    const { db, logger } = this.#options;
    if (!(await endChange(db, row, fault))) return false;
    this.counters[fault === null ? 'finished' : 'failed'] += 1;
    if (fault !== null)
      logger.warn({ relay: row.relay_id, channel: row.channel, fault }, 'a change of power failed');
    return true;
  }

  async #wait(row: TakenChange, lookAgainAt: Date, reason: string): Promise<boolean> {
    const isOurs = await updateChange(this.#options.db, row, { waitsFor: reason, lookAgainAt });
    return isOurs && row.waits_for !== reason;
  }

  async #askShutdown(row: TakenChange, now: Date): Promise<boolean> {
    const { db, commands } = this.#options;
    if (row.computer === null) return false;
    // Within the lease nobody else looks, unless something is heard: then it is known that it was asked.
    const lookAgainAt = new Date(now.getTime() + 20_000);
    const waitsFor = 'The computer is shutting down.';
    const asked = { shutdownAskedAt: now, wasAwake: true, waitsFor, lookAgainAt } as const;
    if (!(await updateChange(db, row, asked))) return false;
    this.#options.changes.announce({ kind: 'relay', id: row.relay_id });
    try {
      await commands.send(row.computer, 'shutdown', { force: false });
      return true;
    } catch (caught) {
      return await this.#notShutDown(row, caught);
    }
  }

  async #notShutDown(row: TakenChange, caught: unknown): Promise<boolean> {
    const { db, nowMs } = this.#options;
    const code = errorCodeOf(caught);
    const message = toError(caught).message;
    if (hopeless.has(code))
      return await this.#end(row, `The computer cannot be shut down from here: ${message}`.slice(0, 200));
    const isBusy = code === 'command_busy';
    const waitsFor = isBusy
      ? 'The computer still writes to its disk; its power stays on until that has ended.'
      : 'The computer has not answered yet that it shuts down.';
    const lookAgainAt = new Date(nowMs() + (isBusy ? busyMs : unreachedMs));
    // Whether it heard the command nobody knows, but when it answered that it is busy: only then it is asked again soon.
    return await updateChange(db, row, {
      ...(isBusy ? { shutdownAskedAt: null } : {}),
      waitsFor,
      lookAgainAt,
    });
  }

  async #send(row: TakenChange, on: boolean): Promise<boolean> {
    const { db, port, logger } = this.#options;
    const isPress = row.action === 'pulse';
    const answerS = (isPress && on ? pressMs : answerLimitMs) / 1000;
    const turn = await noteSend(db, row, { on, isStart: on && !isPress, answerS });
    if (turn === 'lost') return false;
    if (typeof turn === 'number')
      return await this.#wait(
        row,
        new Date(this.#options.nowMs() + turn),
        'It waits for its turn: not all start at once.',
      );
    // The last look before the cut: it may have come back while this was written down.
    if (!on && !row.is_forced && this.#heard(row)?.state === 'ready') return true;
    try {
      this.counters.sent += 1;
      await port.switch(
        { ...row, id: row.relay_id },
        { channel: row.channel, on, pulseMs: isPress && on ? pressMs : undefined },
      );
    } catch (caught) {
      this.counters.unsent += 1;
      logger.warn(
        { err: toError(caught), relay: row.relay_id, channel: row.channel },
        'a relay could not be told',
      );
    }
    return true;
  }

  #heard({ computer }: TakenChange): DeviceState | undefined {
    return computer === null ? undefined : this.#options.stateOf(computer);
  }
}
