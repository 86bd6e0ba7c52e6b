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
  const emptyBytes = Buffer.byteLength(encode(from, []));
  const batches: Change[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const next of changes) {
    // One more for the comma.
    const nextBytes = Buffer.byteLength(JSON.stringify(next)) + 1;
    const batch = batches.at(-1);
    if (batch && bytes + nextBytes <= maxPayloadBytes) {
      batch.push(next);
      bytes += nextBytes;
    } else {
      batches.push([next]);
      bytes = emptyBytes + nextBytes;
    }
  }
  return batches.map((batch) => encode(from, batch));
}

function encode(from: string, changes: readonly Change[]): string {
  return JSON.stringify({ from, changes });
}

/** @returns the changes of another process; empty for our own and for what is not understood. */
export function decodeChanges(self: string, payload: string): Change[] {
  // Under load every second one is our own: it is not worth a look inside.
  if (payload.startsWith(`{"from":${JSON.stringify(self)},`)) return [];
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), payloadSchema), payload);
  return parsed.success && parsed.output.from !== self ? parsed.output.changes : [];
}
