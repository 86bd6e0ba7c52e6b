import * as v from 'valibot';
import { counter, fault, fileName } from './fields.ts';

/**
 * What became of a file that was handed out to one user:
 * - `written`: it stands there now, under `savedAs`;
 * - `there`: it stood there already, with the same content;
 * - `failed`: `error` says why; the others go on.
 */
export const handOutStates = ['written', 'there', 'failed'] as const;

/** What was put into one user's folder. */
export const handOutReport = v.looseObject({
  files: v.pipe(
    v.array(
      v.looseObject({
        name: fileName,
        state: v.picklist(handOutStates),
        /** Another name than `name` where that was taken by something else; null when it failed. */
        savedAs: v.nullable(fileName),
        sizeBytes: counter,
        error: v.optional(fault),
      }),
    ),
    v.maxLength(50),
  ),
});
export type HandOutReport = v.InferOutput<typeof handOutReport>;
