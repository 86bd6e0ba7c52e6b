import * as v from 'valibot';
import type { ErrorCode } from './errors.ts';
import { findJsonFault } from './json-fault.ts';
import { type MessageRule, messageRuleOf } from './messages.ts';

export type Decoded<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      code: Extract<
        ErrorCode,
        'payload_too_large' | 'payload_not_json' | 'payload_invalid' | 'topic_unknown'
      >;
      reason: string;
    };

/**
 * Check a message as it came from the wire.
 *
 * @param topic the whole topic
 * @param payload the bytes
 * @returns the payload as its schema types it, or a code and a reason that names the wrong fields
 */
export function decodeMessage(topic: string, payload: Uint8Array): Decoded<unknown> {
  const rule = messageRuleOf(topic);
  if (!rule) return { ok: false, code: 'topic_unknown', reason: `no message travels on ${topic}` };
  return decodePayload(rule, payload);
}

/** The same for a caller that already knows the schema. */
export function decodePayload<S extends v.GenericSchema>(
  rule: { readonly schema: S; readonly maxBytes: MessageRule['maxBytes'] },
  payload: Uint8Array,
): Decoded<v.InferOutput<S>> {
  if (payload.byteLength > rule.maxBytes) {
    return {
      ok: false,
      code: 'payload_too_large',
      reason: `${payload.byteLength} bytes, at most ${rule.maxBytes} are allowed`,
    };
  }
  const json = parseJson(payload);
  if (!json.ok) return { ok: false, code: 'payload_not_json', reason: json.reason };
  return decodeValue(rule.schema, json.value);
}

/** Check a value that is already parsed: command arguments, result data, HTTP bodies. */
export function decodeValue<S extends v.GenericSchema>(schema: S, value: unknown): Decoded<v.InferOutput<S>> {
  const fault = findJsonFault(value);
  if (fault !== undefined) return { ok: false, code: 'payload_invalid', reason: fault };
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, code: 'payload_invalid', reason: describeIssues(parsed.issues) };
}

/** @returns every fault in one line: `path: what is wrong`, joined by `; `. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}`).join('; ');
}

function parseJson(payload: Uint8Array): { ok: true; value: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
