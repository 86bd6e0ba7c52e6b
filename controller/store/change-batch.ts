import { type Change, change } from '@homeroom/protocol';
import * as v from 'valibot';

/** PostgreSQL refuses a notification of 8,000 bytes or more (NOTIFY, "payload"). */
const maxPayloadBytes = 7_900;

const payloadSchema = v.object({ from: v.string(), changes: v.array(change) });

/**
 * Put changes into as few notifications as they fit in.
 *
 * @param from names this process, so that it can pass over its own
 */
export function encodeChanges(from: string, changes: readonly Change[]): string[] {
  const payloads: string[] = [];
  let batch: Change[] = [];
  for (const next of changes) {
    if (Buffer.byteLength(encode(from, [...batch, next])) > maxPayloadBytes) {
      payloads.push(encode(from, batch));
      batch = [];
    }
    batch.push(next);
  }
  if (batch.length > 0) payloads.push(encode(from, batch));
  return payloads;
}

function encode(from: string, changes: readonly Change[]): string {
  return JSON.stringify({ from, changes });
}

/** @returns the changes of another process; empty for our own and for what is not understood. */
export function decodeChanges(self: string, payload: string): Change[] {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), payloadSchema), payload);
  return parsed.success && parsed.output.from !== self ? parsed.output.changes : [];
}
