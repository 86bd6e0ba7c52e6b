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
    expect(
      plan(desired, { url: undefined, screenPower: undefined, isMuted: undefined, isPageHeld: false }),
    ).toEqual([
      { kind: 'show-page', url: '/kiosk/seat-1' },
      { kind: 'switch-screen', power: 'on' },
    ]);
  });

  it('does nothing when all is as desired', () => {
    expect(
      plan(desired, { url: '/kiosk/seat-1', screenPower: 'on', isMuted: undefined, isPageHeld: false }),
    ).toEqual([]);
  });

  it('navigates without touching the screen', () => {
    expect(
      plan(desired, { url: '/desktop/1', screenPower: 'on', isMuted: undefined, isPageHeld: false }),
    ).toEqual([{ kind: 'show-page', url: '/kiosk/seat-1' }]);
  });

  it('leaves the page alone while the agent’s own has the screen', () => {
    expect(
      plan(desired, { url: undefined, screenPower: undefined, isMuted: undefined, isPageHeld: true }),
    ).toEqual([{ kind: 'switch-screen', power: 'on' }]);
  });

  it('switches the screen off before it changes the page', () => {
    const off = { ...desired, screen: { power: 'off' as const } };
    expect(
      plan(off, { url: '/desktop/1', screenPower: 'on', isMuted: undefined, isPageHeld: false }).map(
        (step) => step.kind,
      ),
    ).toEqual(['switch-screen', 'show-page']);
  });

  it('takes a lock as no step of its own', () => {
    expect(
      plan(
        { ...desired, lock: true },
        { url: '/kiosk/seat-1', screenPower: 'on', isMuted: undefined, isPageHeld: false },
      ),
    ).toEqual([]);
  });

  it('silences before it does anything else, and lets sound come last', () => {
    const nothing = { url: undefined, screenPower: undefined, isMuted: undefined, isPageHeld: false };
    const kinds = (muted: boolean) => plan({ ...desired, audio: { muted } }, nothing).map(({ kind }) => kind);
    expect(kinds(true)).toEqual(['mute', 'show-page', 'switch-screen']);
    expect(kinds(false)).toEqual(['show-page', 'switch-screen', 'mute']);
  });

  it('leaves the sound alone when it is as desired, or nobody says', () => {
    const applied = { url: '/kiosk/seat-1', screenPower: 'on', isMuted: true, isPageHeld: false } as const;
    expect(plan({ ...desired, audio: { muted: true } }, applied)).toEqual([]);
    expect(plan(desired, applied)).toEqual([]);
  });
});
