import type { Desired } from '@homeroom/protocol/wire';

/** What this agent has made true so far; undefined while it has not touched it. */
export interface Applied {
  readonly url: string | undefined;
  readonly screenPower: 'on' | 'off' | undefined;
  readonly isMuted: boolean | undefined;
  /** A page of the agent's own has the screen for now. */
  readonly isPageHeld: boolean;
}

export type Step =
  | { readonly kind: 'show-page'; readonly url: string }
  | { readonly kind: 'switch-screen'; readonly power: 'on' | 'off' }
  | { readonly kind: 'mute'; readonly muted: boolean };

/**
 * What is left to do. The page comes first when the screen goes on (nobody shall see the page before) and
 * last when it goes off. Silence comes before everything, sound after it.
 *
 * Locking needs no step of its own: the controller puts the locked page into `kiosk.url`.
 */
export function plan(desired: Desired, applied: Applied): Step[] {
  const steps: Step[] = [];
  if (!applied.isPageHeld && desired.kiosk.url !== applied.url) {
    steps.push({ kind: 'show-page', url: desired.kiosk.url });
  }
  if (desired.screen.power !== applied.screenPower) {
    const step = { kind: 'switch-screen', power: desired.screen.power } as const;
    if (step.power === 'on') steps.push(step);
    else steps.unshift(step);
  }
  const muted = desired.audio?.muted;
  if (muted !== undefined && muted !== applied.isMuted) {
    const step = { kind: 'mute', muted } as const;
    if (muted) steps.unshift(step);
    else steps.push(step);
  }
  return steps;
}
