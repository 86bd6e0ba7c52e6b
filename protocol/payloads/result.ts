import * as v from 'valibot';
import { fault, messageId } from './fields.ts';

export const resultStatuses = ['accepted', 'succeeded', 'failed', 'rejected', 'expired'] as const;

/** `accepted` may come first for long work; exactly one of the others ends a command. */
export const result = v.looseObject({
  id: messageId,
  status: v.picklist(resultStatuses),
  data: v.optional(v.unknown()),
  error: v.optional(fault),
});
export type Result = v.InferOutput<typeof result>;
