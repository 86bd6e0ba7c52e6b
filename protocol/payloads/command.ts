import * as v from 'valibot';
import { messageId, timestamp } from './fields.ts';

/**
 * Commands: what must happen once. Each has an id and a time to live; a retained, expired or
 * repeated one is dropped. Arguments and result data are checked by the command's own schema.
 */
export const command = v.looseObject({
  id: messageId,
  issuedAt: timestamp,
  ttlMs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_600_000)),
  args: v.optional(v.record(v.string(), v.unknown()), {}),
});
export type Command = v.InferOutput<typeof command>;
