/**
 * A seat as physics has it: a relay, a computer that hangs on it, and a controller that only hears what they say and may
 * forget at any moment everything that it did not write down. For property tests of the interlocks.
 */
import { type ChangeFacts, planChange, type Step } from '../change-plan.ts';
import type { ChannelRow, PowerAction } from '../channel-row.ts';
import { observe } from '../observation.ts';

const bootMs = 30_000;
/** From its last word until nothing is written any more. */
const haltMs = 8_000;
export const marginMs = 10_000;

/** What of a change is written down. */
interface Change {
  action: PowerAction;
  isForced: boolean;
  askedMs: number;
  expiresMs: number;
  shutdownAskedMs: number | null;
  shutDownMs: number | null;
  sends: number;
  waitsFor: string | null;
}

export class SimulatedSeat {
  nowMs = 1_000_000;
  /** What went wrong, as sentences; empty when every rule was kept. */
  readonly broken: string[] = [];
  /** Commands that reached the relay, oldest first. */
  readonly commands: { readonly on: boolean; readonly atMs: number }[] = [];
  #relay = { on: false, online: true, offSinceMs: 0 };
  #computer: {
    is: 'off' | 'booting' | 'running' | 'halting' | 'halted' | 'hung';
    sinceMs: number;
    isBusy: boolean;
  } = {
    is: 'off',
    sinceMs: 0,
    isBusy: false,
  };
  /** The controller's row, and what it was last told by the computer. */
  #row: Partial<ChannelRow> & Pick<ChannelRow, 'was_awake' | 'is_on' | 'doubt'> = {
    was_awake: false,
    is_on: null,
    doubt: null,
  };
  #said: { state: 'ready' | 'disconnected' | 'lost' | 'never'; shutdown: boolean } = {
    state: 'never',
    shutdown: false,
  };
  #change: Change | undefined;
  #isOnline = false;
  #isFirstWord = true;
  readonly #minimumOffMs: number;

  constructor(minimumOffMs: number) {
    this.#minimumOffMs = minimumOffMs;
    this.#report();
  }

  get isSettled(): boolean {
    return this.#change === undefined;
  }

  get relayIsOn(): boolean {
    return this.#relay.on;
  }

  request(action: 'on' | 'off' | 'cycle', isForced = false): void {
    const { nowMs } = this;
    this.#row = { ...this.#row, wanted: action !== 'off' };
    this.#change = {
      action,
      isForced,
      askedMs: nowMs,
      expiresMs: nowMs + 240_000,
      shutdownAskedMs: this.#change?.shutdownAskedMs ?? null,
      shutDownMs: null,
      sends: 0,
      waitsFor: null,
    };
  }

  /** Somebody at the relay itself: their own doing, whatever it does to the computer. */
  press(): void {
    this.#switch(!this.#relay.on);
    this.#report();
  }

  relayLeaves(): void {
    this.#relay.online = false;
    this.#isOnline = false;
    this.#isFirstWord = true;
  }

  relayReturns(): void {
    this.#relay.online = true;
    this.#isFirstWord = true;
    this.#report();
  }

  /** The mains fail for a moment: the relay and the computer start anew, and stand as before. */
  mainsBlink(): void {
    const { on } = this.#relay;
    this.relayLeaves();
    this.#switch(false);
    this.#switch(on);
    this.relayReturns();
  }

  /** The end of the process: what is written stays, and nobody was listening for a while. */
  controllerDies(): void {
    this.#isFirstWord = true;
    this.#report();
  }

  /** The machine goes on, or not; nothing is heard of it any more. */
  computerHangs(): void {
    if (this.#computer.is !== 'running') return;
    this.#computer = { ...this.#computer, is: 'hung' };
    this.#said = { state: 'lost', shutdown: false };
  }

  computerWrites(isBusy: boolean): void {
    this.#computer.isBusy = isBusy;
  }

  /** Let time pass, in steps; the controller looks after each. */
  pass(seconds: number): void {
    for (let passed = 0; passed < seconds; passed += 1) {
      this.nowMs += 1_000;
      this.#live();
      this.look();
    }
  }

  /** One look of the controller, until it waits. */
  look(): void {
    for (let steps = 0; steps < 20 && this.#change; steps += 1) {
      const step = planChange(this.#facts(this.#change), this.nowMs);
      if (step.do === 'wait') {
        this.#change.waitsFor = step.reason;
        return;
      }
      this.#carryOut(this.#change, step);
    }
    if (this.#change) this.broken.push('a change goes round in circles');
  }

  #carryOut(change: Change, step: Exclude<Step, { do: 'wait' }>): void {
    const { nowMs } = this;
    switch (step.do) {
      case 'finish':
      case 'fail':
        this.#change = undefined;
        return;
      case 'turn-on':
        Object.assign(change, { action: 'on', sends: 0, shutdownAskedMs: null, shutDownMs: null });
        return;
      case 'turn-cycle':
        Object.assign(change, { action: 'cycle', sends: 0 });
        return;
      case 'note-shutdown':
        change.shutDownMs = nowMs;
        return;
      case 'forget-shutdown':
        Object.assign(change, { shutDownMs: null, shutdownAskedMs: null });
        return;
      case 'ask-shutdown':
        change.shutdownAskedMs = nowMs;
        this.#row = { ...this.#row, was_awake: true };
        if (this.#computer.is === 'running' && !this.#computer.isBusy) this.#halt();
        return;
      case 'send':
        change.sends += 1;
        this.#row = { ...this.#row, sent_at: new Date(nowMs), sent_on: step.on };
        this.#command(step.on, change);
    }
  }

  #halt(): void {
    this.#computer = { ...this.#computer, is: 'halting', sinceMs: this.nowMs };
    this.#said = { state: 'disconnected', shutdown: true };
  }

  #command(on: boolean, change: Change): void {
    if (!this.#relay.online) return;
    const { nowMs } = this;
    this.commands.push({ on, atMs: nowMs });
    const isAlive = !['off', 'halted'].includes(this.#computer.is);
    if (!on && this.#relay.on && isAlive && !change.isForced)
      this.broken.push(`power was cut while the computer was ${this.#computer.is}`);
    if (on && !this.#relay.on && nowMs - this.#relay.offSinceMs < this.#minimumOffMs)
      this.broken.push('power came before the minimum time off had passed');
    this.#switch(on);
    this.#report();
  }

  #switch(on: boolean): void {
    const { nowMs } = this;
    if (on === this.#relay.on) return;
    this.#relay = { ...this.#relay, on, offSinceMs: on ? this.#relay.offSinceMs : nowMs };
    const wasHeard = this.#said.state === 'ready';
    this.#computer = { is: on ? 'booting' : 'off', sinceMs: nowMs, isBusy: false };
    if (!on && wasHeard) this.#said = { state: 'lost', shutdown: false };
  }

  #report(): void {
    if (!this.#relay.online) return;
    this.#isOnline = true;
    // The row has every column that the rule reads.
    const row = this.#row as ChannelRow;
    const rowNow = {
      ...row,
      action: this.#change?.action ?? null,
      sent_at: row.sent_at ?? null,
      since: row.since ?? null,
    };
    const isAdopted = this.#isFirstWord;
    this.#row = {
      ...this.#row,
      ...observe(rowNow, { channel: 0, on: this.#relay.on }, { isAdopted, nowMs: this.nowMs }),
    };
    this.#isFirstWord = false;
  }

  #live(): void {
    const { is, sinceMs } = this.#computer;
    if (is === 'booting' && this.nowMs - sinceMs >= bootMs) {
      this.#computer.is = 'running';
      this.#said = { state: 'ready', shutdown: false };
      if (this.#row.is_on === true) this.#row = { ...this.#row, was_awake: true };
    }
    if (is === 'halting' && this.nowMs - sinceMs >= haltMs) this.#computer.is = 'halted';
  }

  #facts(change: Change): ChangeFacts {
    const { override_on: held, sent_at: sentAt, sent_on: sentOn, off_since: offSince } = this.#row;
    return {
      ...change,
      isOnline: this.#isOnline,
      isOn: this.#row.is_on,
      offSinceMs: offSince?.getTime() ?? null,
      minimumOffMs: this.#minimumOffMs,
      heldOn: held ?? undefined,
      sentMs: sentAt?.getTime() ?? null,
      sentOn: sentOn ?? null,
      computer: {
        state: this.#said.state,
        hasSaidShutdown: this.#said.shutdown,
        wasAwake: this.#row.was_awake,
        marginMs,
      },
    };
  }
}
