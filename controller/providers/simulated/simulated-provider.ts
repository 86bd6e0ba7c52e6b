/**
 * A provider that makes nothing: its desktops are entries of a map. For tests, load and trying things out.
 * Faults are scripted: a step can be slow, fail, never finish; a desktop can be lost.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { HomeroomError } from '@homeroom/protocol';
import type {
  Assignment,
  DesktopSpec,
  ListedDesktop,
  Progress,
  Provider,
  StreamAddress,
} from '../../desktops/provider.ts';

export type SimulatedStep = 'create' | 'poll' | 'warm' | 'cool' | 'assign' | 'delete' | 'list';

/** What a step does instead of its work. */
export interface SimulatedFault {
  readonly step: SimulatedStep;
  /**
   * - `throws`: asking fails
   * - `fails`: the answer is that it will not become ready (for `assign`: it throws `desktop_failed`)
   * - `hangs`: there is no answer until the signal fires
   * - `slow`: the work is done, `delayMs` later
   */
  readonly how: 'throws' | 'fails' | 'hangs' | 'slow';
  /** How often; for ever when absent. */
  readonly times?: number;
  readonly delayMs?: number;
  /** Of one desktop; of all when absent. */
  readonly desktopId?: string;
}

interface SimulatedDesktop {
  readonly spec: DesktopSpec;
  pollsUntilReady: number;
  isCold: boolean;
  assignment: Assignment | undefined;
}

export interface SimulatedProviderOptions {
  /** How often `poll` answers `working` before a desktop is ready; 0: `create` answers `ready`. */
  readonly pollsUntilReady?: number;
  /**
   * Take a desktop that has a ref for one that another process made, or this one before its restart. Then no call is
   * remembered either: such a provider runs for months.
   */
  readonly isShared?: boolean;
}

/** Of those that were removed so many are remembered, so that none of them is taken for another process's. */
const maxRemoved = 20_000;

export class SimulatedProvider implements Provider {
  readonly name = 'simulated';
  readonly hasCold = true;
  /** Every call, as `step desktop`, for tests to look at. */
  readonly calls: string[] = [];
  readonly #pollsUntilReady: number;
  readonly #isShared: boolean;
  readonly #removed = new Set<string>();
  readonly #desktops = new Map<string, SimulatedDesktop>();
  #faults: (SimulatedFault & { left: number })[] = [];

  constructor({ pollsUntilReady = 0, isShared = false }: SimulatedProviderOptions = {}) {
    this.#pollsUntilReady = pollsUntilReady;
    this.#isShared = isShared;
  }

  /** Let a step go wrong from now on. */
  addFault(fault: SimulatedFault): void {
    this.#faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Let everything go well again. */
  clearFaults(): void {
    this.#faults = [];
  }

  /** The desktop dies without a word. */
  loseDesktop(id: string): void {
    this.#forget(id);
  }

  /** @returns whose desktop it is; undefined when it is nobody's, or not there. */
  assignmentOf(id: string): Assignment | undefined {
    return this.#desktops.get(id)?.assignment;
  }

  async create(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    if (await this.#meetFault('create', desktop.id, signal))
      return { state: 'failed', reason: 'A simulated failure.' };
    const known = this.#desktops.get(desktop.id);
    const made = known ?? {
      spec: desktop,
      pollsUntilReady: this.#pollsUntilReady,
      isCold: false,
      assignment: undefined,
    };
    this.#desktops.set(desktop.id, made);
    return { state: stateOf(made), ref: { made: true } };
  }

  async warm(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    return this.#turn(desktop, { step: 'warm', isCold: false }, signal);
  }

  async cool(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    return this.#turn(desktop, { step: 'cool', isCold: true }, signal);
  }

  async poll(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    if (await this.#meetFault('poll', desktop.id, signal))
      return { state: 'failed', reason: 'A simulated failure.' };
    const known = this.#find(desktop);
    if (!known) return { state: 'gone', reason: 'The simulated desktop is gone.' };
    known.pollsUntilReady = Math.max(0, known.pollsUntilReady - 1);
    return { state: stateOf(known) };
  }

  async assign(desktop: DesktopSpec, assignment: Assignment, signal: AbortSignal): Promise<StreamAddress> {
    if (await this.#meetFault('assign', desktop.id, signal)) {
      throw new HomeroomError('desktop_failed', 'A simulated failure.');
    }
    const known = this.#find(desktop);
    if (!known) throw new HomeroomError('desktop_lost', 'The simulated desktop is gone.');
    if (known.isCold) throw new HomeroomError('desktop_failed', 'The simulated desktop is stopped.');
    known.assignment ??= assignment;
    if (known.assignment.sessionId !== assignment.sessionId) {
      throw new HomeroomError('desktop_failed', 'The simulated desktop is somebody else’s.');
    }
    return { kind: 'vnc', via: { unix: `/nonexistent/simulated-${desktop.id}` }, secret: assignment.secret };
  }

  async delete(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress> {
    if (await this.#meetFault('delete', desktop.id, signal))
      return { state: 'working', reason: 'A simulated failure.' };
    this.#forget(desktop.id);
    return { state: 'gone' };
  }

  async list(signal: AbortSignal): Promise<ListedDesktop[]> {
    await this.#meetFault('list', undefined, signal);
    return [...this.#desktops.keys()].map((id) => ({ id }));
  }

  /** What another process did with it is not known; nobody else's desktop is ever asked for. */
  #find(desktop: DesktopSpec): SimulatedDesktop | undefined {
    const known = this.#desktops.get(desktop.id);
    if (known || !this.#isShared || desktop.ref === null || this.#removed.has(desktop.id)) return known;
    const found = { spec: desktop, pollsUntilReady: 0, isCold: false, assignment: undefined };
    this.#desktops.set(desktop.id, found);
    return found;
  }

  #forget(id: string): void {
    this.#desktops.delete(id);
    if (!this.#isShared) return;
    this.#removed.add(id);
    const [oldest] = this.#removed;
    if (oldest !== undefined && this.#removed.size > maxRemoved) this.#removed.delete(oldest);
  }

  /** Starting takes as long as making did; stopping is done at once. */
  async #turn(
    desktop: DesktopSpec,
    { step, isCold }: { step: 'warm' | 'cool'; isCold: boolean },
    signal: AbortSignal,
  ): Promise<Progress> {
    if (await this.#meetFault(step, desktop.id, signal))
      return { state: 'failed', reason: 'A simulated failure.' };
    const known = this.#find(desktop);
    if (!known) return { state: 'gone', reason: 'The simulated desktop is gone.' };
    if (known.assignment) return { state: 'failed', reason: 'The simulated desktop is in use.' };
    if (known.isCold && !isCold) known.pollsUntilReady = this.#pollsUntilReady;
    else known.pollsUntilReady = Math.max(0, known.pollsUntilReady - 1);
    known.isCold = isCold;
    return { state: stateOf(known) };
  }

  /** @returns whether the step shall answer that it failed. */
  async #meetFault(
    step: SimulatedStep,
    desktopId: string | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    signal.throwIfAborted();
    if (!this.#isShared) this.calls.push(desktopId ? `${step} ${desktopId}` : step);
    const fault = this.#faults.find(
      (each) => each.step === step && each.left > 0 && concerns(each, desktopId),
    );
    if (!fault) return false;
    fault.left -= 1;
    if (fault.how === 'throws') throw new HomeroomError('provider_failed', 'A simulated failure.');
    if (fault.how === 'hangs') await untilAborted(signal);
    if (fault.how === 'slow') await sleep(fault.delayMs ?? 0, undefined, { signal });
    return fault.how === 'fails';
  }
}

function stateOf({ isCold, pollsUntilReady }: SimulatedDesktop): Progress['state'] {
  if (isCold) return 'cold';
  return pollsUntilReady === 0 ? 'ready' : 'working';
}

function concerns(fault: SimulatedFault, desktopId: string | undefined): boolean {
  return fault.desktopId === undefined || fault.desktopId === desktopId;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
