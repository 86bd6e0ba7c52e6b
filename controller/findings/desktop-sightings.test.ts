import { describe, expect, it } from 'vitest';
import { lostDeed, lostDesktop, ownerlessDesktop, silentDesktop, stuckDesktop } from './desktop-sightings.ts';

const overdue = { id: 'd', provider: 'simulated', overdue_s: 900, error: 'No answer.' } as const;

describe('a desktop past its deadline', () => {
  it.each([
    ['creating', 'It should have been made 15 minutes ago. No answer.'],
    ['warming', 'It should have been started 15 minutes ago. No answer.'],
    ['cooling', 'It should have been stopped 15 minutes ago. No answer.'],
  ] as const)('that is %s is given up, after a grace', (state, reason) => {
    const sighting = stuckDesktop({ ...overdue, state });
    expect(sighting).toMatchObject({ kind: 'stuck', provider: 'simulated', subject: 'd', reason });
    expect(sighting.graceMs).toBeGreaterThan(0);
  });

  it('that failed is sent on its way out, after a grace', () => {
    expect(stuckDesktop({ ...overdue, state: 'failed' }).graceMs).toBeGreaterThan(0);
  });

  it('that is being removed is told with its whole time, and is never said to be gone', () => {
    const sighting = stuckDesktop({ ...overdue, state: 'deleting' });
    expect(sighting.reason).toBe(
      'Its provider has been asked to remove it for 25 minutes, and does not say that it is gone. No answer.',
    );
    expect(sighting.graceMs).toBeNull();
  });

  it('is told without a reason where none is known', () => {
    const { reason } = stuckDesktop({ ...overdue, state: 'creating', error: null });
    expect(reason).toBe('It should have been made 15 minutes ago.');
  });
});

it('tells for how long a desktop in use has been silent', () => {
  const { kind, reason } = silentDesktop({ id: 'd', provider: 'host', unhealthy_s: 240, error: null });
  expect([kind, reason]).toEqual(['missing', 'It is in use, and has not answered for 4 minutes.']);
});

it('lets a desktop of an ended session be removed, after a grace', () => {
  expect(ownerlessDesktop({ id: 'd', provider: 'host' })).toMatchObject({
    kind: 'forgotten',
    graceMs: 30_000,
  });
});

it('says what became of the session of a lost desktop, and of the pool of an unused one', () => {
  expect(lostDesktop({ id: 'd', provider: 'host', state: 'claimed', error: 'Gone.' })).toMatchObject({
    kind: 'missing',
    reason: 'It is on record as claimed, but its provider has it no more. Gone.',
    mend: lostDeed('claimed'),
  });
  expect(lostDeed('claimed')).toContain('session was ended');
  expect(lostDeed('ready')).toContain('pool makes another');
});
