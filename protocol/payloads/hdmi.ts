import * as v from 'valibot';
import { counter, label } from './fields.ts';

/** `…/hdmi`: every HDMI or DisplayPort connector, in the kernel's order. */
export const hdmi = v.looseObject({
  connectors: v.pipe(
    v.array(
      v.looseObject({
        /** The kernel's name, `HDMI-A-1`. */
        name: v.pipe(v.string(), v.maxLength(32)),
        connected: v.boolean(),
        monitor: v.nullable(
          v.looseObject({
            /** Three letters of the PNP id. */
            vendor: v.pipe(v.string(), v.maxLength(3)),
            product: label,
            serial: v.nullable(label),
            widthMm: v.nullable(counter),
            heightMm: v.nullable(counter),
          }),
        ),
        mode: v.nullable(v.looseObject({ width: counter, height: counter, refreshHz: v.number() })),
      }),
    ),
    v.maxLength(16),
  ),
});
export type Hdmi = v.InferOutput<typeof hdmi>;
