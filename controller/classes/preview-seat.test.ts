import { expect, it } from 'vitest';
import { type PreviewFacts, previewSeat } from './preview-seat.ts';

const facts: PreviewFacts = {
  seat: 'seat-1',
  student: { id: 'ben', displayName: 'Ben' },
  hasDevice: true,
  deviceState: 'lost',
  power: {
    state: 'off',
    wanted: null,
    reason: 'The relay says off.',
    relay: { id: 'strip-1', channel: 0, on: false, online: true, since: null },
    override: null,
    waitsFor: null,
    fault: null,
  },
  templateName: 'Linux desktop',
  hereUser: null,
  hereName: null,
  isHereOfClass: false,
  theirState: null,
  theirSeat: null,
  theirSeatName: null,
  mayUse: true,
};
const preview = (changed: Partial<PreviewFacts>) => previewSeat({ ...facts, ...changed });

it('tells the whole way of a seat', () => {
  expect(previewSeat(facts)).toEqual({
    steps: [
      'Its power is switched on.',
      'The computer starts.',
      'The screen is switched on.',
      'A Linux desktop is claimed for Ben and shown.',
    ],
    problems: [],
  });
});

it('says the name of a template as people do', () => {
  expect(preview({ templateName: 'Internet kiosk' }).steps.at(-1)).toBe(
    'An Internet kiosk is claimed for Ben and shown.',
  );
});

it('tells what is there already', () => {
  const { steps } = preview({
    deviceState: 'ready',
    theirState: 'active',
    theirSeat: 'seat-1',
    hereUser: 'ben',
  });
  expect(steps.at(0)).toBe('The computer is on already.');
  expect(steps.at(-1)).toBe('Ben goes on with the desktop that is there.');
  expect(preview({ student: null }).steps.at(-1)).toBe('The sign-in page is shown.');
  expect(preview({ theirState: 'detached', theirSeat: 'seat-2' }).steps.at(-1)).toContain('is brought here');
});

it.each<[string, Partial<PreviewFacts>]>([
  ['There is no device at this seat.', { hasDevice: false }],
  ['The computer is off or not in the network, and no relay can switch it on.', { power: undefined }],
  [
    'Its power is held off by hand.',
    { power: { ...facts.power, override: { on: false } } as NonNullable<PreviewFacts['power']> },
  ],
  ['Ben works at Seat 9.', { theirState: 'active', theirSeat: 'seat-9', theirSeatName: 'Seat 9' }],
  ['The desktop of Cleo is on this seat.', { hereUser: 'cleo', hereName: 'Cleo' }],
  ['Ben may not use Linux desktop.', { mayUse: false }],
])('tells the problem: %s', (problem, changed) => {
  expect(preview(changed).problems).toEqual([problem]);
});
