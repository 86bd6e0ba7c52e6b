import fc from 'fast-check';

/** What may happen to sessions, in any order: people, pages, time, providers, processes. */
export type SessionEvent =
  | { readonly what: 'start'; readonly user: number; readonly seat: number | null; readonly template: number }
  | { readonly what: 'start-twice'; readonly user: number; readonly template: number }
  | { readonly what: 'sign-in-at'; readonly user: number; readonly seat: number }
  | { readonly what: 'change-template'; readonly user: number; readonly template: number }
  | { readonly what: 'move'; readonly user: number; readonly seat: number }
  | { readonly what: 'open-stream' | 'close-stream' | 'type' | 'keep' | 'end'; readonly user: number }
  | { readonly what: 'lose-desktop' | 'desktop-unwell'; readonly user: number }
  | { readonly what: 'stock'; readonly template: number; readonly count: number }
  | { readonly what: 'pass'; readonly seconds: number }
  /** A process takes what is due and dies before it has written anything down. */
  | { readonly what: 'crash' }
  | { readonly what: 'fail-assignment' }
  /** Every process looks once at everything; two do it at the same time. */
  | { readonly what: 'look' | 'look-twice' };

export const users = 4;
export const seats = 3;
export const templates = 2;

const user = fc.nat(users - 1);
const seat = fc.nat(seats - 1);
const seatOrNone: fc.Arbitrary<number | null> = fc.option(seat, { nil: null });
const template = fc.nat(templates - 1);
function of<W extends SessionEvent['what'], F extends object>(
  what: W,
  fields: { [K in keyof F]: fc.Arbitrary<F[K]> },
): fc.Arbitrary<{ readonly what: W } & F> {
  return fc.record<F>(fields).map((rest) => ({ what, ...rest }));
}

/** Spans around every limit that there is: warnings, grace, idleness, a lease, a whole lesson. */
const seconds = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 41, max: 700 }),
  fc.integer({ min: 701, max: 8_000 }),
);

export const sessionEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  { weight: 6, arbitrary: of('start', { user, seat: seatOrNone, template }) },
  { weight: 2, arbitrary: of('start-twice', { user, template }) },
  { weight: 3, arbitrary: of('sign-in-at', { user, seat }) },
  { weight: 2, arbitrary: of('change-template', { user, template }) },
  { weight: 2, arbitrary: of('move', { user, seat }) },
  { weight: 5, arbitrary: of('open-stream', { user }) },
  { weight: 3, arbitrary: of('close-stream', { user }) },
  { weight: 2, arbitrary: of('type', { user }) },
  { weight: 2, arbitrary: of('keep', { user }) },
  { weight: 2, arbitrary: of('end', { user }) },
  { weight: 1, arbitrary: of('lose-desktop', { user }) },
  { weight: 1, arbitrary: of('desktop-unwell', { user }) },
  { weight: 4, arbitrary: of('stock', { template, count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: of('pass', { seconds }) },
  { weight: 1, arbitrary: of('crash', {}) },
  { weight: 1, arbitrary: of('fail-assignment', {}) },
  { weight: 8, arbitrary: of('look', {}) },
  { weight: 2, arbitrary: of('look-twice', {}) },
);

/** A lesson that has begun: without it, few of the events would find a desktop in use. */
export const begun: readonly SessionEvent[] = [
  { what: 'stock', template: 0, count: 3 },
  { what: 'start', user: 0, seat: 0, template: 0 },
  { what: 'start', user: 1, seat: null, template: 0 },
  { what: 'look' },
  { what: 'open-stream', user: 0 },
  { what: 'open-stream', user: 1 },
];
