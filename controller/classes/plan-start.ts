/** The steps of a seat into a class. Pure. */
import type { DeviceFacts, SeatFacts, SeatPlan, SessionFacts } from './seat-facts.ts';

/** What was asked for and has not come to be is asked for again. */
const askAgainMs = 15_000;

const pass: SeatPlan = { do: 'pass' };

type StepPlan = (facts: SeatFacts, nowMs: number) => SeatPlan;

const plans: Readonly<Partial<Record<SeatFacts['step'], StepPlan>>> = {
  power: planPower,
  awake: planAwake,
  screen: planScreen,
  desktop: planDesktop,
  page: planPage,
};

/** @returns what is to be done about a seat that comes into a class */
export function planStart(facts: SeatFacts, nowMs: number): SeatPlan {
  if (!facts.device) return { do: 'fail', reason: 'There is no device at this seat.' };
  return plans[facts.step]?.(facts, nowMs) ?? pass;
}

/** Without a relay nothing can be switched: whether it is on is seen at the next step. */
function planPower({ power, askedAtMs, device }: SeatFacts, nowMs: number): SeatPlan {
  if (!power?.relay) return pass;
  const { state, override, fault, wanted } = power;
  if (override?.on === false) {
    const who = override.by === 'relay' ? 'at the relay itself' : `by ${override.who ?? 'somebody'}`;
    return { do: 'fail', reason: `Its power is held off by hand, ${who}.` };
  }
  if (state === 'on' || state === 'starting') return pass;
  // An agent that answers has power, whatever its relay says.
  if (state === 'unclear' && device?.state === 'ready') return pass;
  if (wanted !== 'on' || isDue(askedAtMs, nowMs)) {
    const action = { do: 'want-power', power: 'on' } as const;
    return { do: 'act', action, reason: fault ?? power.waitsFor ?? 'Its power is switched on.' };
  }
  return { do: 'wait', reason: fault ?? power.waitsFor ?? power.reason };
}

function planAwake({ device, power }: SeatFacts): SeatPlan {
  if (device?.state === 'ready' && !device.isShuttingDown) return pass;
  if (power?.relay) return { do: 'wait', reason: 'The computer starts.' };
  const reason = device?.state
    ? 'The computer is off, or not in the network; it has no relay that could switch it on.'
    : 'The computer was never there.';
  return { do: 'wait', reason };
}

/** A television may be on and lie about it: who sees no picture presses its button; nothing waits for it for long. */
function planScreen({ device, input, askedAtMs }: SeatFacts, nowMs: number): SeatPlan {
  if (!device) return pass;
  if (device.desiredScreen !== 'on') {
    const action = { do: 'want-screen', device: device.id, power: 'on' } as const;
    return { do: 'act', action, reason: 'The screen is switched on.' };
  }
  if (input && !input.isShown) {
    const reason = input.fault ?? 'The switch is told to show this seat.';
    if (!isDue(askedAtMs, nowMs)) return { do: 'wait', reason };
    return { do: 'act', action: { do: 'show-input' }, reason };
  }
  const televisions = televisionsOf(device);
  if (televisions.length === 0) return pass;
  const isShown = televisions.some(({ power, isActiveSource }) => power === 'on' && isActiveSource !== false);
  if (isShown && (askedAtMs !== null || televisions.some((each) => each.isActiveSource === true)))
    return pass;
  if (isDue(askedAtMs, nowMs)) {
    const isAsleep = !televisions.some(({ power }) => power === 'on');
    const action = { do: 'wake-screen', device: device.id, isAsleep } as const;
    return { do: 'act', action, reason: 'The screen is woken and asked to show this seat.' };
  }
  const fault = device.reported?.screen.error?.message;
  return { do: 'wait', reason: fault ?? 'The screen has not said yet that it is on and shows this seat.' };
}

function televisionsOf({ cec }: DeviceFacts) {
  return (cec?.adapters ?? []).filter(
    ({ power }) => power === 'on' || power === 'standby' || power === 'transitioning',
  );
}

/** Where nobody is named the sign-in page is what the seat comes to; the pool holds the desktop ready. */
function planDesktop({ student, template, theirs, here, seat, ended }: SeatFacts): SeatPlan {
  if (!student || template === null) return pass;
  if (here && here.user !== student.id) return planTaken(here);
  // What could not be started is not tried again and again: each try takes a desktop.
  if (!theirs && ended !== null) return { do: 'fail', reason: `Their desktop ended: ${ended}` };
  if (!theirs) {
    const action = { do: 'claim', user: student.id, template } as const;
    return { do: 'act', action, reason: 'A desktop is claimed.' };
  }
  if (theirs.seat !== seat) return planElsewhere(theirs);
  if (theirs.state === 'waiting') return { do: 'wait', reason: 'No desktop is free yet; one is made.' };
  if (!theirs.isAssigned) return { do: 'wait', reason: 'The desktop is made ready for its user.' };
  if (theirs.template === template) return { do: 'pass', session: theirs.id };
  const remark = `${student.displayName} goes on with another desktop than the class has.`;
  return { do: 'pass', session: theirs.id, remark };
}

/** Whoever belongs to the class is brought to their own seat; two who have changed seats must not wait for each other. */
function planTaken(here: SessionFacts): SeatPlan {
  const reason = `The desktop of ${here.displayName} is on this seat.`;
  if (!here.isOfRun) return { do: 'fail', reason };
  if (!isIdle(here)) return { do: 'wait', reason };
  return { do: 'act', action: { do: 'unseat', session: here.id }, reason };
}

/** Nobody has it before their eyes. */
function isIdle({ state }: SessionFacts): boolean {
  return state === 'detached' || state === 'waiting';
}

/** What somebody works at is not taken away from under their hands. */
function planElsewhere(theirs: SessionFacts): SeatPlan {
  if (isIdle(theirs)) {
    const action = { do: 'move', session: theirs.id } as const;
    return { do: 'act', action, reason: 'Their desktop is brought here.' };
  }
  const where = theirs.seatName === null ? 'elsewhere' : `at ${theirs.seatName}`;
  return { do: 'fail', reason: `${theirs.displayName} works ${where}; end or move that session.` };
}

function planPage({ device, theirs, student, seat }: SeatFacts): SeatPlan {
  if (!device) return pass;
  if (device.state !== 'ready') return { do: 'wait', reason: 'The computer went away again.' };
  const session = student && theirs?.seat === seat ? theirs.id : undefined;
  const done = session === undefined ? ({ do: 'pass' } as const) : ({ do: 'pass', session } as const);
  if (student && session === undefined) {
    return { do: 'fail', reason: `The desktop of ${student.displayName} ended, or left this seat.` };
  }
  const kiosk = device.reported?.kiosk;
  if (!kiosk) return { do: 'wait', reason: 'The computer has not told yet what it shows.' };
  if (kiosk.state === 'absent') return { ...done, remark: 'It has no kiosk that could show a page.' };
  if (kiosk.error) return { do: 'wait', reason: kiosk.error.message };
  const isFollowed = (device.reported?.revision ?? 0) >= device.desiredRevision;
  const isShown = kiosk.state === 'showing' && pathOf(kiosk.url) === pathOf(device.desiredUrl);
  return isFollowed && isShown ? done : { do: 'wait', reason: 'The page is on its way to the screen.' };
}

/** Devices tell absolute addresses, the controller wants paths of its own. */
function pathOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url, 'http://controller')) return url;
  return new URL(url, 'http://controller').pathname;
}

function isDue(askedAtMs: number | null, nowMs: number): boolean {
  return askedAtMs === null || nowMs >= askedAtMs + askAgainMs;
}
