import * as v from 'valibot';

/** A relay is let go by itself after so long, at the relay, so that a lost "off" cannot leave a button pressed. Milliseconds. */
export const pulseMs = v.pipe(v.number(), v.integer(), v.minValue(50), v.maxValue(5_000));
