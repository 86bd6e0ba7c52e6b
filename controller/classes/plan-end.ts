/** The steps of a seat out of a class. Pure. A seat that is out already passes all of them at once. */
import type { SeatFacts, SeatPlan } from './seat-facts.ts';

const askAgainMs = 15_000;

const pass: SeatPlan = { do: 'pass' };

type StepPlan = (facts: SeatFacts, nowMs: number) => SeatPlan;

const plans: Readonly<Partial<Record<SeatFacts['step'], StepPlan>>> = {
  warning: planWarning,
  session: planSession,
  screen: planScreen,
  shutdown: planShutdown,
  power: planPower,
};

/** @returns what is to be done about a seat that leaves a class */
export function planEnd(facts: SeatFacts, nowMs: number): SeatPlan {
  return plans[facts.step]?.(facts, nowMs) ?? pass;
}

function planWarning({ here, warnUntilMs }: SeatFacts, nowMs: number): SeatPlan {
  if (!here || warnUntilMs === null || nowMs >= warnUntilMs) return pass;
  const reason = `${here.displayName} is told that the class ends.`;
  if (here.classEndsAtMs === warnUntilMs) return { do: 'wait', reason };
  return { do: 'act', action: { do: 'tell-end', session: here.id, atMs: warnUntilMs }, reason };
}

function planSession({ here }: SeatFacts): SeatPlan {
  if (!here) return pass;
  return {
    do: 'act',
    action: { do: 'end-session', session: here.id },
    reason: `The session of ${here.displayName} ends.`,
  };
}

function planScreen({ device }: SeatFacts): SeatPlan {
  if (!device) return pass;
  if (device.desiredScreen !== 'off') {
    const action = { do: 'want-screen', device: device.id, power: 'off' } as const;
    return { do: 'act', action, reason: 'The screen is switched off.' };
  }
  // A device that is away switches its screen off when it is back, and what cannot tell is not waited for.
  if (device.state !== 'ready' || device.reported?.screen.power !== 'on') return pass;
  if (device.reported.revision < device.desiredRevision) {
    return { do: 'wait', reason: 'The screen has not been told yet.' };
  }
  return {
    do: 'wait',
    reason: device.reported.screen.error?.message ?? 'The screen says that it is still on.',
  };
}

/** Without a relay nobody but a hand could switch it on again, so it stays on. */
function planShutdown(facts: SeatFacts, nowMs: number): SeatPlan {
  const { power, powersOff, device } = facts;
  if (!powersOff || !device) return pass;
  if (!power?.relay) return { do: 'pass', remark: 'It has no relay, so it stays on.' };
  if (power.override?.on === true) {
    return {
      do: 'fail',
      reason: `Its power is held on by hand, by ${power.override.who ?? 'the relay itself'}.`,
    };
  }
  if (device.burdens > 0) {
    return { do: 'wait', reason: 'Desktops of others run on it, or files of an exam are collected from it.' };
  }
  if (power.state === 'off' || device.state !== 'ready') return pass;
  return wantOff(facts, nowMs, 'The computer shuts down.');
}

function planPower(facts: SeatFacts, nowMs: number): SeatPlan {
  const { power, powersOff } = facts;
  if (!powersOff || !power?.relay || power.state === 'off') return pass;
  return wantOff(facts, nowMs, 'Its power is switched off.');
}

function wantOff({ power, askedAtMs }: SeatFacts, nowMs: number, usual: string): SeatPlan {
  const reason = power?.fault ?? power?.waitsFor ?? usual;
  const isDue = power?.wanted !== 'off' && (askedAtMs === null || nowMs >= askedAtMs + askAgainMs);
  if (!isDue) return { do: 'wait', reason };
  return { do: 'act', action: { do: 'want-power', power: 'off' }, reason };
}
