import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';

const desired = {
  revision: 3,
  kiosk: { url: '/kiosk/seat-1' },
  screen: { power: 'on' as const },
  lock: false,
};

describe('plan', () => {
  it('does everything when nothing is known to be true', () => {
    expect(plan(desired, { url: undefined, screenPower: undefined, isPageHeld: false })).toEqual([
      { kind: 'show-page', url: '/kiosk/seat-1' },
      { kind: 'switch-screen', power: 'on' },
    ]);
  });

  it('does nothing when all is as desired', () => {
    expect(plan(desired, { url: '/kiosk/seat-1', screenPower: 'on', isPageHeld: false })).toEqual([]);
  });

  it('navigates without touching the screen', () => {
    expect(plan(desired, { url: '/desktop/1', screenPower: 'on', isPageHeld: false })).toEqual([
      { kind: 'show-page', url: '/kiosk/seat-1' },
    ]);
  });

  it('leaves the page alone while the agent’s own has the screen', () => {
    expect(plan(desired, { url: undefined, screenPower: undefined, isPageHeld: true })).toEqual([
      { kind: 'switch-screen', power: 'on' },
    ]);
  });

  it('switches the screen off before it changes the page', () => {
    const off = { ...desired, screen: { power: 'off' as const } };
    expect(
      plan(off, { url: '/desktop/1', screenPower: 'on', isPageHeld: false }).map((step) => step.kind),
    ).toEqual(['switch-screen', 'show-page']);
  });

  it('takes a lock as no step of its own', () => {
    expect(
      plan({ ...desired, lock: true }, { url: '/kiosk/seat-1', screenPower: 'on', isPageHeld: false }),
    ).toEqual([]);
  });
});
