import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';

/** `POST /sessions/<id>/tickets`: a ticket for one connection to the stream, and where it leads. */
export const streamTicket = v.object({ ticket: v.string(), url: v.string(), expiresAt: timestamp });
export type StreamTicket = v.InferOutput<typeof streamTicket>;

/**
 * What a stream is opened for: `own` by who uses the desktop, at its seat or in their browser; `watch` and `control` by a
 * teacher; `broadcast` by a seat that a broadcast is shown at. All but `own` and `control` only look.
 */
export const streamPurposes = ['own', 'watch', 'control', 'broadcast'] as const;
export type StreamPurpose = (typeof streamPurposes)[number];

/** `POST /sessions/<id>/tickets`. */
export const streamTicketRequest = v.strictObject({
  purpose: v.optional(v.picklist(streamPurposes), 'own'),
});
