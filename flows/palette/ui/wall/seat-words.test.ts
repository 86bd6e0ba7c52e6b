import type { SeatPower, WallSeat } from '@homeroom/protocol';
import { describe, expect, it } from 'vitest';
import { deskWords, roomSummary, seatMarks, seatState } from './seat-words.ts';

const at = '2026-01-01T08:00:00.000Z';
const power: SeatPower = {
  seat: 'seat',
  wanted: null,
  state: 'on',
  reason: 'The computer answers.',
  since: at,
  relay: null,
  override: null,
  waitsFor: null,
  fault: null,
};
const calm: WallSeat = {
  seat: 'seat',
  name: 'Seat 1',
  position: null,
  device: 'pi-1',
  connection: 'ready',
  session: null,
  power,
  hdmi: 'connected',
  tv: 'on',
  input: { keyboard: true, mouse: true },
  health: { level: 'good', reason: null },
  screen: 'on',
  isLocked: false,
  isMuted: false,
  isShowingBroadcast: false,
  page: null,
  pageFault: null,
  message: null,
  onlookers: [],
};
const session: NonNullable<WallSeat['session']> = {
  id: 'session',
  user: 'ada',
  username: 'ada',
  displayName: 'Ada',
  template: 'desktop',
  templateName: 'Linux desktop',
  state: 'active',
  startedAt: at,
  endsAt: null,
};
const marksOf = (seat: Partial<WallSeat>) => seatMarks({ ...calm, ...seat }).map(({ words }) => words);

describe('the words of a seat', () => {
  it.each([
    ['free', {}],
    ['working', { session }],
    ['waiting', { session: { ...session, state: 'waiting' } }],
    ['starting up', { connection: 'disconnected', power: { ...power, state: 'starting' } }],
    ['off', { connection: 'disconnected' }],
    ['lost', { connection: 'lost', session }],
    ['no device', { device: null, connection: 'none' }],
  ] as const)('call it %s', (words, seat) => {
    expect(seatState({ ...calm, ...seat }).words).toBe(words);
  });

  it('say nothing of a seat where all is well', () => {
    expect(marksOf({})).toEqual([]);
    expect(marksOf({ device: null, connection: 'none', power: { ...power, state: 'unclear' } })).toEqual([]);
  });

  it('tell what was done to it, who looks, and what is wrong', () => {
    const onlookers = [{ displayName: 'Ms Hopper', isInControl: true }];
    expect(marksOf({ isLocked: true, isShowingBroadcast: true, message: 'Look up.', onlookers })).toEqual([
      'locked',
      'sees the broadcast',
      'message',
      'Ms Hopper is in control',
    ]);
    const override = { on: false, by: 'person', who: 'Ada', until: null } as const;
    expect(
      marksOf({ hdmi: 'disconnected', tv: 'standby', input: { keyboard: false, mouse: false } }),
    ).toEqual(['no HDMI', 'TV on standby', 'no keyboard, no mouse']);
    expect(marksOf({ power: { ...power, state: 'unclear', override } })).toEqual([
      'power unclear',
      'held off by hand',
    ]);
    expect(marksOf({ health: { level: 'bad', reason: 'The disk is full.' } })).toEqual(['The disk is full.']);
  });

  it('never call a page opened that the seat refuses', () => {
    const page = 'https://example.org/';
    const refused = { code: 'kiosk_url_not_allowed', message: 'It may not be shown.' };
    expect(marksOf({ page })).toEqual(['page opened']);
    expect(marksOf({ page, pageFault: refused, isLocked: true })).toEqual([
      'page refused: example.org is not allowed at this seat',
      'locked',
    ]);
    expect(marksOf({ page, pageFault: { code: 'internal', message: 'The browser is gone.' } })).toEqual([
      'page refused: The browser is gone.',
    ]);
  });

  it('trust nothing that an absent device said last', () => {
    expect(marksOf({ connection: 'lost', hdmi: 'disconnected' })).toEqual([]);
  });

  it('tell which desktop, and for how long', () => {
    expect(deskWords({ ...calm, session }, new Date('2026-01-01T08:12:30.000Z'))).toBe(
      'Linux desktop · 12 min',
    );
    expect(deskWords(calm, new Date(at))).toBe('');
  });

  it('count the seats of a room', () => {
    expect(roomSummary([calm, { ...calm, session }, { ...calm, session }])).toBe(
      '3 seats · 1 free · 2 working',
    );
    expect(roomSummary([calm])).toBe('1 seat · 1 free');
  });
});
