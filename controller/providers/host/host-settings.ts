import { decodeValue, HomeroomError } from '@homeroom/protocol';
import * as v from 'valibot';

/** What a template of the `host` provider says. A wrong key is a typing mistake and is told. */
export const hostSettings = v.strictObject({
  /** A program that is shown alone; null or absent for a whole desktop. */
  application: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(200))), null),
  width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(320), v.maxValue(7680)), 1280),
  height: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(4320)), 720),
  /** Of all processes of one desktop together; null or absent for no limit. */
  memoryMiB: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(64))), null),
});
export type HostSettings = v.InferOutput<typeof hostSettings>;

/**
 * @param settings a template's `settings`
 * @throws desktop_failed that names each wrong field
 */
export function parseHostSettings(settings: unknown): HostSettings {
  const parsed = decodeValue(hostSettings, settings);
  if (parsed.ok) return parsed.value;
  throw new HomeroomError('desktop_failed', `The template's settings are wrong: ${parsed.reason}`);
}
