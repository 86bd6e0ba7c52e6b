import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimulatedSeat } from './testing/simulated-seat.ts';

const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('pass'), seconds: fc.integer({ min: 1, max: 90 }) }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('on', 'off', 'cycle') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom('press', 'leave', 'return', 'blink', 'die', 'hang', 'write', 'rest'),
    }),
  },
);

function happen(seat: SimulatedSeat, { what, ...rest }: { what: string; seconds?: number }): void {
  if (what === 'pass') seat.pass(rest.seconds ?? 1);
  if (what === 'on' || what === 'off' || what === 'cycle') seat.request(what);
  if (what === 'press') seat.press();
  if (what === 'leave') seat.relayLeaves();
  if (what === 'return') seat.relayReturns();
  if (what === 'blink') seat.mainsBlink();
  if (what === 'die') seat.controllerDies();
  if (what === 'hang') seat.computerHangs();
  if (what === 'write') seat.computerWrites(true);
  if (what === 'rest') seat.computerWrites(false);
  seat.look();
}

describe('whatever happens', () => {
  it('never cuts the power of a computer that has not shut down, and never starts one too early', () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 60 }),
        (events, minimumOffS) => {
          const seat = new SimulatedSeat(minimumOffS * 1_000);
          for (const each of events) happen(seat, each);
          expect(seat.broken).toEqual([]);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('ends every change, one way or the other', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const seat = new SimulatedSeat(5_000);
        for (const each of events) happen(seat, each);
        // Longer than the longest change, and than a half that began at its end.
        seat.pass(600);
        expect(seat.isSettled).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('sends nothing when nobody asked for anything', () => {
    const quiet = event.filter(({ what }) => !['on', 'off', 'cycle'].includes(what));
    fc.assert(
      fc.property(fc.array(quiet, { maxLength: 40 }), (events) => {
        const seat = new SimulatedSeat(5_000);
        for (const each of events) happen(seat, each);
        expect(seat.commands).toEqual([]);
      }),
    );
  });
});

describe('with nobody in the way', () => {
  it('reaches what was asked for', () => {
    const seat = new SimulatedSeat(5_000);
    seat.request('on');
    seat.pass(60);
    expect(seat).toMatchObject({ relayIsOn: true, isSettled: true });
    seat.request('off');
    seat.pass(60);
    expect(seat).toMatchObject({ relayIsOn: false, isSettled: true });
    seat.request('cycle');
    seat.pass(120);
    expect(seat).toMatchObject({ relayIsOn: true, isSettled: true, broken: [] });
  });

  it('waits for a computer that writes', () => {
    const seat = new SimulatedSeat(0);
    seat.request('on');
    seat.pass(60);
    seat.computerWrites(true);
    seat.request('off');
    seat.pass(120);
    expect(seat.relayIsOn).toBe(true);
    seat.computerWrites(false);
    seat.pass(100);
    expect(seat).toMatchObject({ relayIsOn: false, broken: [] });
  });

  it('cuts the power of one that hangs by force alone', () => {
    const seat = new SimulatedSeat(0);
    seat.request('on');
    seat.pass(60);
    seat.computerHangs();
    seat.request('off');
    seat.pass(300);
    expect(seat).toMatchObject({ relayIsOn: true, isSettled: true });
    seat.request('off', true);
    seat.pass(10);
    expect(seat.relayIsOn).toBe(false);
  });
});
