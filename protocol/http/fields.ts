import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';

/** Field types that several resources share. */

/** A UUID, but a device's (its serial) and a template's (a slug). */
export const id = v.pipe(v.string(), v.maxLength(64));
export const nullableTime = v.nullable(timestamp);
