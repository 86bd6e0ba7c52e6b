import * as v from 'valibot';

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
]);
export type Simulation = v.InferOutput<typeof simulation>;
