/** The way of a seat into a class and out of it: the steps, how long each may take, and which follows. Pure. */
import { type ClassStep, classEndSteps, classStartSteps } from '@homeroom/protocol';

export type ClassKind = 'start' | 'end';

const stepsOf: Readonly<Record<ClassKind, readonly ClassStep[]>> = {
  start: classStartSteps,
  end: classEndSteps,
};

/**
 * How long a seat may stand at a step until it is given up, in seconds. Of `warning` beside the time that students are
 * told. Relays of a large room switch one after the other, a Pi 3 boots for a minute, a cold desktop is made in minutes.
 */
const limitsS: Readonly<Record<ClassKind, Readonly<Partial<Record<ClassStep, number>>>>> = {
  start: { power: 120, awake: 180, screen: 40, desktop: 300, page: 60 },
  end: { warning: 30, session: 30, screen: 30, shutdown: 120, power: 120 },
};

/** @returns the step that a seat begins with */
export function firstStep(kind: ClassKind): ClassStep {
  return kind === 'start' ? 'power' : 'warning';
}

/** @returns the step after this one; undefined after the last */
export function stepAfter(kind: ClassKind, step: ClassStep): ClassStep | undefined {
  const steps = stepsOf[kind];
  return steps[steps.indexOf(step) + 1];
}

/** @returns how long a seat may stand at a step, in seconds */
export function limitOf(kind: ClassKind, step: ClassStep): number {
  return limitsS[kind][step] ?? 60;
}
