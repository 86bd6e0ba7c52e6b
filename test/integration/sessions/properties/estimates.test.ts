import { estimateWaitS, type QueueFacts } from '@homeroom/controller/sessions/queue-estimate.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const seconds = fc.double({ min: 0, max: 10_000, noNaN: true });
const making = fc
  .tuple(seconds, seconds, seconds)
  .map(([medianS, spreadS, more]) => ({ medianS, spreadS, longestS: medianS + spreadS + more }));
const facts: fc.Arbitrary<QueueFacts> = fc.record({
  ready: fc.nat(5),
  onTheirWay: fc.array(fc.oneof(seconds, fc.constant(Number.POSITIVE_INFINITY)), { maxLength: 8 }),
  making: fc.option(making, { nil: undefined }),
  room: fc.nat(12),
  atOnce: fc.integer({ min: 0, max: 6 }),
  certainEnds: fc.array(seconds, { maxLength: 8 }),
});
/** The same runs each time: a build that fails is to fail again. */
const fixed = { seed: 20_261, numRuns: 3_000 };
const place = fc.integer({ min: 1, max: 30 });

it('is never negative, never a fraction, and null when nothing tells', () => {
  fc.assert(
    fc.property(facts, place, (known, at) => {
      const waitS = estimateWaitS(known, at);
      expect(waitS === null || (Number.isInteger(waitS) && waitS >= 0)).toBe(true);
    }),
    fixed,
  );
});

it('never promises a later place an earlier turn', () => {
  fc.assert(
    fc.property(facts, place, (known, at) => {
      const [earlier, later] = [estimateWaitS(known, at), estimateWaitS(known, at + 1)];
      if (earlier === null) expect(later).toBeNull();
      else expect(later ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(earlier);
    }),
    fixed,
  );
});

it('knows no later turn for one more desktop that is ready or on its way', () => {
  fc.assert(
    fc.property(facts, place, (known, at) => {
      const waitS = estimateWaitS(known, at);
      const more = estimateWaitS({ ...known, ready: known.ready + 1 }, at);
      if (waitS !== null) expect(more ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(waitS);
    }),
    fixed,
  );
});
