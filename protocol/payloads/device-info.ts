import * as v from 'valibot';
import { label } from './fields.ts';

export const capabilities = [
  'kiosk',
  'screen',
  'hdmi',
  'cec',
  'input',
  'relays',
  'host',
  'simulated',
  'reboot',
  'shutdown',
  'audio',
  'hdmi-switch',
] as const;

/** `…/info`: what the device is; changes only with hardware, software or address. */
export const deviceInfo = v.looseObject({
  model: label,
  serial: label,
  /** Tells two machines with one identity apart: a hash over the machine's own numbers. */
  fingerprint: v.pipe(v.string(), v.maxLength(64)),
  os: label,
  arch: label,
  agentVersion: label,
  addresses: v.pipe(v.array(label), v.maxLength(32)),
  capabilities: v.array(v.picklist(capabilities)),
});
export type DeviceInfo = v.InferOutput<typeof deviceInfo>;
