import * as v from 'valibot';
import { counter, label, timestamp } from './fields.ts';

const nullableNumber = v.nullable(v.number());

/** `…/health`: a snapshot every 30 s. A figure that the machine does not give is null. */
export const health = v.looseObject({
  at: timestamp,
  uptimeS: v.number(),
  temperatureC: nullableNumber,
  /** Since boot; null where the machine cannot tell. */
  underVoltage: v.nullable(v.boolean()),
  loadAverage: nullableNumber,
  cpuCount: counter,
  memoryTotalMiB: v.number(),
  memoryFreeMiB: v.number(),
  diskTotalMiB: nullableNumber,
  diskFreeMiB: nullableNumber,
  /** Errors that the file system counted; grows when an SD card dies. */
  diskErrors: v.nullable(counter),
  link: v.nullable(
    v.looseObject({
      name: label,
      speedMbps: nullableNumber,
      wireless: v.boolean(),
      signalDbm: nullableNumber,
    }),
  ),
  agentMemoryMiB: v.number(),
});
export type Health = v.InferOutput<typeof health>;
