import * as v from 'valibot';
import { timestamp } from '../payloads/fields.ts';
import { findingCounts } from './finding.ts';

/** A process that carries roles and tells every few seconds that it lives. */
export const controllerProcess = v.object({
  id: v.pipe(v.string(), v.uuid()),
  roles: v.array(v.string()),
  machine: v.string(),
  pid: v.number(),
  version: v.string(),
  startedAt: timestamp,
  seenAt: timestamp,
});
export type ControllerProcess = v.InferOutput<typeof controllerProcess>;

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
  /** Of the process that answers. */
  roles: v.array(v.string()),
  checks: v.array(v.object({ name: v.string(), ok: v.boolean(), reason: v.nullable(v.string()) })),
  /** All processes of this controller that live, this one too. */
  controllers: v.array(controllerProcess),
  /** Roles that none of them carries; empty when all is well. */
  missingRoles: v.array(v.string()),
  /** How many findings of the sweepers stand; all 0 when all is well. */
  openFindings: findingCounts,
});
export type ControllerStatus = v.InferOutput<typeof controllerStatus>;
