import type { Cec, ClassStep, DeviceState, Reported, SessionState } from '@homeroom/protocol';
import type { ClassKind } from './class-steps.ts';
import type { PowerOfSeat } from './ports.ts';

/** A session as a step has to know it. */
export interface SessionFacts {
  readonly id: string;
  readonly user: string;
  readonly displayName: string;
  readonly state: SessionState;
  readonly template: string;
  readonly seat: string | null;
  readonly seatName: string | null;
  /** Its desktop is its user's. */
  readonly isAssigned: boolean;
  /** Its user is on the way to another seat of the same run. */
  readonly isOfRun: boolean;
  readonly classEndsAtMs: number | null;
}

export interface DeviceFacts {
  readonly id: string;
  readonly state: DeviceState['state'] | null;
  /** It was told to switch itself off, and does so. */
  readonly isShuttingDown: boolean;
  readonly desiredUrl: string | null;
  readonly desiredRevision: number;
  readonly desiredScreen: 'on' | 'off';
  readonly reported: Pick<Reported, 'revision' | 'kiosk' | 'screen'> | null;
  readonly cec: Cec | null;
  /** Desktops of others that run on it, and files of exams that are still to be collected from it. */
  readonly burdens: number;
}

/** Everything that a plan for a seat goes by. */
export interface SeatFacts {
  readonly kind: ClassKind;
  readonly step: ClassStep;
  readonly seat: string;
  readonly student: { readonly id: string; readonly displayName: string } | null;
  readonly template: string | null;
  readonly device: DeviceFacts | null;
  /** Undefined where nothing is known of it, as without a relay. */
  readonly power: PowerOfSeat | undefined;
  /** How it stands at the switch that its screen hangs on, if that switch is this seat's alone; else null. */
  readonly input: { readonly isShown: boolean; readonly fault: string | null } | null;
  /** The live session that is shown at the seat. */
  readonly here: SessionFacts | null;
  /** The live session of the student, wherever it is. */
  readonly theirs: SessionFacts | null;
  /** Why a session of the student here ended that began in this step; null when none did. */
  readonly ended: string | null;
  readonly warnUntilMs: number | null;
  readonly powersOff: boolean;
  /** When what the step asks for was asked for last; null when it was not. */
  readonly askedAtMs: number | null;
  readonly deadlineMs: number;
}

/** What a step has done. Each of them may be done twice. */
export type SeatAction =
  | { readonly do: 'want-power'; readonly power: 'on' | 'off' }
  | { readonly do: 'want-screen'; readonly device: string; readonly power: 'on' | 'off' }
  | { readonly do: 'show-input' }
  | { readonly do: 'wake-screen'; readonly device: string; readonly isAsleep: boolean }
  | { readonly do: 'claim'; readonly user: string; readonly template: string }
  | { readonly do: 'move'; readonly session: string }
  | { readonly do: 'unseat'; readonly session: string }
  | { readonly do: 'tell-end'; readonly session: string; readonly atMs: number }
  | { readonly do: 'end-session'; readonly session: string };

/**
 * What is to be done about one seat now:
 * - `pass`: the step is done, with a remark where somebody should know how;
 * - `act`: something is asked for, and the step waits for what comes of it;
 * - `wait`: for what the reason tells;
 * - `fail`: it cannot come to be.
 */
export type SeatPlan =
  | { readonly do: 'pass'; readonly session?: string; readonly remark?: string }
  | { readonly do: 'act'; readonly action: SeatAction; readonly reason: string }
  | { readonly do: 'wait'; readonly reason: string }
  | { readonly do: 'fail'; readonly reason: string };
