import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';

/** `POST /sessions/<id>/tickets`: a ticket for one connection to the stream, and where it leads. */
export const streamTicket = v.object({ ticket: v.string(), url: v.string(), expiresAt: timestamp });
export type StreamTicket = v.InferOutput<typeof streamTicket>;
