import * as v from 'valibot';

/** Keys that write no letter. */
export const seatKeys = [
  'Enter',
  'Tab',
  'Backspace',
  'Escape',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
] as const;
export type SeatKey = (typeof seatKeys)[number];

/** A place on a screen: 0 is its left or upper edge, 1 its right or lower one. */
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What `simulate` may do to the simulated board. */
export const simulation = v.variant('what', [
  v.looseObject({
    what: v.literal('hdmi'),
    connector: v.pipe(v.string(), v.maxLength(32)),
    connected: v.boolean(),
  }),
  v.looseObject({
    what: v.literal('tv'),
    power: v.picklist(['on', 'standby']),
    answers: v.optional(v.boolean()),
  }),
  v.looseObject({ what: v.literal('input'), kind: v.picklist(['keyboard', 'mouse']), present: v.boolean() }),
  v.looseObject({
    what: v.literal('health'),
    temperatureC: v.optional(v.number()),
    underVoltage: v.optional(v.boolean()),
  }),
  /** What is still to be written to its disk. */
  v.looseObject({ what: v.literal('writing'), pendingMiB: v.pipe(v.number(), v.minValue(0)) }),
  v.looseObject({
    what: v.literal('keyboard'),
    /** Typed first; then `key` is pressed. No control characters: those are keys. */
    text: v.optional(v.pipe(v.string(), v.maxLength(200), v.regex(/^\P{Cc}*$/u))),
    key: v.optional(v.picklist(seatKeys)),
  }),
  /** A click. */
  v.looseObject({ what: v.literal('mouse'), x: share, y: share }),
]);
export type Simulation = v.InferOutput<typeof simulation>;
