import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';

/** `GET /status`: where everything is, and how the parts of the controller are. */
export const controllerStatus = v.object({
  version: v.string(),
  startedAt: timestamp,
  portalUrl: v.string(),
  mqttUrl: v.string(),
  /** Null where an external broker is used. */
  mqttTlsUrl: v.nullable(v.string()),
  /** Hexadecimal SHA-256 of the CA certificate, as join tokens carry it. */
  caSha256: v.string(),
  roles: v.array(v.string()),
  checks: v.array(v.object({ name: v.string(), ok: v.boolean(), reason: v.nullable(v.string()) })),
});
export type ControllerStatus = v.InferOutput<typeof controllerStatus>;
