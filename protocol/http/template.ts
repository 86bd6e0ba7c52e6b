import * as v from 'valibot';
import { counter, desktopKind, label } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/** Where desktops are made; each has an adapter of its own. */
export const providerNames = ['host', 'kubernetes', 'proxmox', 'simulated'] as const;
export type ProviderName = (typeof providerNames)[number];

export const streamKinds = ['vnc', 'guacamole', 'selkies', 'proxmox'] as const;

/** A card: what somebody needs to know to choose it. */
export const template = v.object({
  id,
  name: label,
  description: v.string(),
  provider: v.picklist(providerNames),
  icon: v.nullable(label),
  /** Desktops that stand ready now. */
  ready: counter,
});
export type Template = v.InferOutput<typeof template>;

const seconds = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366 * 24 * 3600));
const allows = v.optional(v.boolean());

/** What a desktop lets through; what is not named is allowed. */
export const templatePolicies = v.strictObject({
  clipboardIn: allows,
  clipboardOut: allows,
  fileTransfer: allows,
  audio: allows,
  printing: allows,
});
export type TemplatePolicies = v.InferOutput<typeof templatePolicies>;

const changeable = {
  name: v.pipe(label, v.trim(), v.minLength(1)),
  description: v.pipe(v.string(), v.maxLength(2000)),
  icon: v.nullable(label),
  provider: v.picklist(providerNames),
  stream: v.picklist(streamKinds),
  /** What the provider needs to know, by its own schema. */
  settings: v.record(v.string(), v.unknown()),
  /** The desktop environment that it asks of a host; null for any host. */
  kind: v.nullable(desktopKind),
  /** Sessions of it that one host takes; null is the default of its kind. */
  hostCapacity: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  /** What the making of its desktops contends for; empty for nothing. */
  storage: v.pipe(v.string(), v.maxLength(100)),
  policies: templatePolicies,
  /** Within which a desktop must be made, started or stopped. */
  createTimeoutS: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400)),
  /** Without input for so long a session ends; null for never. */
  idleTimeoutS: v.nullable(seconds),
  /** Of a session, from its claim; null for none. */
  limitS: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(366 * 24 * 3600))),
  /** How long a session without a stream keeps its desktop. */
  detachGraceS: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7 * 24 * 3600)),
  /** Whether a student may put an idle end off. */
  mayKeep: v.boolean(),
};

/** Everything of a template, for those who change it. */
export const templateDetails = v.object({
  ...template.entries,
  ...changeable,
  id,
  /** Grows with each change that a desktop made before does not have; unused older ones are then replaced. */
  version: counter,
  withdrawnAt: nullableTime,
});
export type TemplateDetails = v.InferOutput<typeof templateDetails>;

export const patchTemplateRequest = v.strictObject({
  ...v.partial(v.object(changeable)).entries,
  /** A withdrawn template is no longer offered; its sessions go on, its unused desktops are removed. */
  withdrawn: v.optional(v.boolean()),
});
export type PatchTemplateRequest = v.InferOutput<typeof patchTemplateRequest>;

export const createTemplateRequest = v.strictObject({
  ...v.partial(v.object(changeable)).entries,
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'An id has small letters, digits and -.')),
  name: changeable.name,
  provider: changeable.provider,
});
export type CreateTemplateRequest = v.InferOutput<typeof createTemplateRequest>;
