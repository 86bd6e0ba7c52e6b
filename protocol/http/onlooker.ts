import * as v from 'valibot';
import { label, timestamp } from '../payloads/fields.ts';

/** Who looks at a session's desktop beside its user, and whether they hold its keyboard and mouse. */
export const onlooker = v.object({ displayName: label, isInControl: v.boolean(), since: timestamp });
export type Onlooker = v.InferOutput<typeof onlooker>;
