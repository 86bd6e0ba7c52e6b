/**
 * Truth by vote: what relay, agent, HDMI and CEC say together about a seat's power. Pure. Rules:
 * - an agent that answers is on, unless its relay says off: then one of them is wrong, and nobody can tell which;
 * - a relay alone is believed when it says off, and for a while when it says on (`starting`);
 * - HDMI counts against a relay that says off; CEC is never believed alone, whatever it says.
 */
import type { PowerState } from '@homeroom/protocol';

/** What each of them says, and since when by the controller's clock. */
export interface PowerVotes {
  /** Null where no relay powers the seat. */
  readonly relay: {
    readonly isOnline: boolean;
    readonly isOn: boolean | null;
    readonly sinceMs: number | null;
    /** Why it cannot be believed. */
    readonly doubt: string | null;
  } | null;
  /** Null where the seat has no device. */
  readonly agent: {
    readonly state: 'ready' | 'disconnected' | 'lost' | 'never';
    /** It said that the machine goes off, and of the power that is up now. */
    readonly hasShutDown: boolean;
    /** Since when it answers without a break; null while it does not, or its clock cannot tell. */
    readonly readySinceMs: number | null;
    readonly heardMs: number | null;
  } | null;
  /** A picture on its way to the screen; null when that is not known of now. */
  readonly hasSignal: boolean | null;
  /** What the television says; null when that is not known of now. */
  readonly cec: 'on' | 'standby' | null;
}

export interface PowerVerdict {
  readonly state: PowerState;
  /** A sentence. */
  readonly reason: string;
  /** Null when nothing tells. */
  readonly sinceMs: number | null;
}

/** From power to an agent that answers: a Pi 3 with a slow card takes about half of it. */
export const startLimitMs = 180_000;
/** An agent that lost its power is missed by then: one and a half times its keep-alive, and a little. */
export const missedAfterMs = 60_000;

/** @returns what is true of the seat's power */
export function voteOnPower(votes: PowerVotes, nowMs: number): PowerVerdict {
  const { relay, agent } = votes;
  if (relay?.doubt) return { state: 'unclear', reason: relay.doubt, sinceMs: relay.sinceMs };
  const says = relay?.isOnline ? relay.isOn : null;
  if (agent?.state === 'ready') return ofReadyAgent(votes, says, nowMs);
  if (says === true) return ofRelayOn(votes, nowMs);
  if (says === false) return ofRelayOff(votes);
  return withoutRelay(votes);
}

function ofReadyAgent({ relay, agent }: PowerVotes, says: boolean | null, nowMs: number): PowerVerdict {
  const sinceMs = agent?.readySinceMs ?? relay?.sinceMs ?? null;
  if (says !== false) return { state: 'on', reason: 'The computer answers.', sinceMs };
  const isFresh = nowMs - (relay?.sinceMs ?? 0) < missedAfterMs;
  const reason = isFresh
    ? 'The relay has just gone off; within a minute it shows whether the computer has, too.'
    : 'The relay says off, but the computer answers.';
  return { state: 'unclear', reason, sinceMs: relay?.sinceMs ?? null };
}

function ofRelayOn({ relay, agent, hasSignal, cec }: PowerVotes, nowMs: number): PowerVerdict {
  const sinceMs = relay?.sinceMs ?? null;
  const heardMs = agent?.heardMs ?? null;
  if (agent?.hasShutDown)
    return {
      state: 'unclear',
      reason: 'The computer has shut down, but its relay is still on.',
      sinceMs: heardMs,
    };
  if (hasSignal === true && cec !== 'standby')
    return { state: 'on', reason: 'Relay and HDMI say on; only the agent does not answer.', sinceMs };
  if (nowMs - Math.max(sinceMs ?? 0, heardMs ?? 0) < startLimitMs)
    return { state: 'starting', reason: 'Power is up; the computer is expected.', sinceMs };
  return { state: 'unclear', reason: 'The relay says on, but the computer does not answer.', sinceMs };
}

function ofRelayOff({ relay, hasSignal, cec }: PowerVotes): PowerVerdict {
  const sinceMs = relay?.sinceMs ?? null;
  if (hasSignal === true)
    return { state: 'unclear', reason: 'The relay says off, but there is a picture at its HDMI.', sinceMs };
  const aside = cec === 'on' ? ' CEC says on; alone it is not believed.' : '';
  return { state: 'off', reason: `The relay says off.${aside}`, sinceMs };
}

/** There is none, or it is away, or it has not said anything yet. */
function withoutRelay({ relay, agent, hasSignal, cec }: PowerVotes): PowerVerdict {
  const sinceMs = agent?.heardMs ?? null;
  const away = relay ? ' Its relay is not connected.' : '';
  if (agent?.hasShutDown) return { state: 'off', reason: `The computer has shut down.${away}`, sinceMs };
  if (hasSignal === true && cec === 'on')
    return { state: 'on', reason: 'HDMI and CEC say on; the agent does not answer.', sinceMs };
  if (cec === 'on')
    return { state: 'unclear', reason: 'Only CEC says on, and alone it is not believed.', sinceMs };
  const silent = agent ? 'The computer does not answer.' : 'No device is placed here.';
  return { state: 'unclear', reason: `${silent}${away || ' No relay tells.'}`, sinceMs };
}
