import * as v from 'valibot';
import { id } from './fields.ts';

/** One server-sent event: what changed. The page fetches what it shows of it. */
export const changeKinds = [
  'device',
  'seat',
  'room',
  'session',
  'desktop',
  'pool',
  'template',
  'enrolment',
  'join-token',
  /** A device's credential was made or withdrawn; the id is the device's. */
  'credential',
  'user',
  'group',
  /** A lesson or series of lessons, holidays, or the clocks that they go by. */
  'lesson',
  'quota',
  /** Somebody’s API token; told to admins and to whose it is (by a change of the user). */
  'token',
  /** Something that the sweepers found, or that is mended; told to admins. */
  'finding',
  /** A relay, one of its channels, or the power of a seat that hangs on it; the id is the relay's. */
  'relay',
  /** The id is the switch's. */
  'hdmi-switch',
  /** A class that starts or ends; the id is the run's. */
  'class-run',
  /** A message to a room, or its receipts. */
  'message',
  'broadcast',
  'file-round',
] as const;
export type ChangeKind = (typeof changeKinds)[number];
export const change = v.object({ kind: v.picklist(changeKinds), id });
export type Change = v.InferOutput<typeof change>;
