import * as v from 'valibot';
import { collectionReport } from './collection-report.ts';
import { desktopPolicies } from './desktop-policies.ts';
import { desktopReport } from './desktop-report.ts';
import {
  accountName,
  counter,
  desktopId,
  desktopKind,
  folderName,
  label,
  pageUrl,
  port,
  timestamp,
} from './fields.ts';
import { fileCommands } from './file-commands.ts';
import { pulseMs } from './pulse-ms.ts';
import { simulation } from './simulation.ts';

const nothing = v.looseObject({});
const hdmiNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32));

/**
 * One row per command: what goes in, what comes back, how long it may take, and whether its
 * payload holds a secret (then the observer account never sees it).
 */
export const commands = {
  identify: {
    description: 'Show the seat’s name large on its screen, and blink the board’s light where there is one.',
    args: v.looseObject({ seconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(60)), 10) }),
    data: nothing,
    timeoutMs: 5_000,
    secret: false,
  },
  screenshot: {
    description: 'A small JPEG of what the kiosk shows, as base64. The agent takes at most one per second.',
    args: v.looseObject({
      width: v.optional(v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(1920)), 480),
      /** Wanted at most, by a lower quality; absent leaves it to the agent. */
      maxBytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(4_000), v.maxValue(280_000))),
    }),
    data: v.looseObject({
      mediaType: v.literal('image/jpeg'),
      base64: v.pipe(v.string(), v.maxLength(400_000)),
      takenAt: timestamp,
    }),
    timeoutMs: 5_000,
    secret: true,
  },
  reboot: {
    description: 'Restart the machine, after the answer has been sent.',
    args: nothing,
    data: nothing,
    timeoutMs: 5_000,
    secret: false,
  },
  shutdown: {
    description:
      'Switch the machine off, after the answer has been sent; its last `state` is `disconnected` with the reason `shutdown`. Answers `command_busy` while much is still being written to the disk.',
    args: v.looseObject({
      /** Switch it off while it writes, too; what it writes still reaches the disk before the machine is off. */
      force: v.optional(v.boolean(), false),
    }),
    data: nothing,
    timeoutMs: 15_000,
    secret: false,
  },
  'kiosk.restart': {
    description: 'End the kiosk’s browser and start it again.',
    args: nothing,
    data: nothing,
    timeoutMs: 20_000,
    secret: false,
  },
  cec: {
    description: 'Send the television to standby, wake it, or make this seat its active source.',
    args: v.looseObject({
      action: v.picklist(['on', 'standby', 'active-source']),
      adapter: v.optional(v.pipe(v.string(), v.maxLength(64))),
    }),
    data: nothing,
    timeoutMs: 10_000,
    secret: false,
  },
  relay: {
    description: 'Switch one of the device’s own relay channels.',
    args: v.looseObject({ channel: counter, on: v.boolean(), pulseMs: v.optional(pulseMs) }),
    data: v.looseObject({ channel: counter, on: v.boolean() }),
    timeoutMs: 10_000,
    secret: false,
  },
  'hdmi-switch': {
    description: 'Show an input at an output of an HDMI switch that the device operates.',
    args: v.looseObject({
      /** As the device’s configuration names the switch; `cec` for the television that it hangs on. */
      port: label,
      output: v.optional(hdmiNumber, 1),
      input: hdmiNumber,
    }),
    /** `confirmed`: the switch itself said so; most are told, and say nothing. */
    data: v.looseObject({ output: hdmiNumber, input: hdmiNumber, confirmed: v.boolean() }),
    timeoutMs: 10_000,
    secret: false,
  },
  simulate: {
    description:
      'Change what the simulated board pretends, or type and click at its screen; refused by real hardware.',
    args: simulation,
    data: nothing,
    timeoutMs: 5_000,
    /** What is typed may be a password. */
    secret: true,
  },
  'desktop.start': {
    description: 'Start a user’s X session for a desktop. Repeating it for the same desktop changes nothing.',
    args: v.looseObject({
      desktop: desktopId,
      account: accountName,
      /** Chosen by the controller, so that a user has one uid on every host. */
      uid: v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(2_000_000_000)),
      displayName: label,
      application: v.nullable(v.pipe(v.string(), v.maxLength(200))),
      /** The desktop environment; absent or null for the host's own. */
      kind: v.optional(v.nullable(desktopKind)),
      width: v.pipe(v.number(), v.integer(), v.minValue(320), v.maxValue(7680)),
      height: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(4320)),
      /** Eight characters at most: a limit of VNC authentication. */
      vncSecret: v.pipe(v.string(), v.minLength(8), v.maxLength(8)),
      memoryMiB: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(64))),
      /** Nobody comes back to this account: its home is removed with the desktop. */
      temporary: v.optional(v.boolean(), false),
      /** What it lets through; what is not named is allowed. */
      policies: v.optional(desktopPolicies),
      /** Made in the home where it is not there: what an exam collects. */
      folder: v.exactOptional(folderName),
    }),
    data: desktopReport,
    timeoutMs: 15_000,
    secret: true,
  },
  'desktop.poll': {
    description: 'Tell how one desktop is.',
    args: v.looseObject({ desktop: desktopId }),
    data: desktopReport,
    timeoutMs: 5_000,
    secret: false,
  },
  'desktop.list': {
    description: 'Tell every desktop on this host.',
    args: nothing,
    data: v.looseObject({ desktops: v.array(desktopReport) }),
    timeoutMs: 5_000,
    secret: false,
  },
  'desktop.stop': {
    description:
      'End a desktop’s X session and every process of it. A desktop that is not there is no fault.',
    args: v.looseObject({ desktop: desktopId }),
    data: nothing,
    timeoutMs: 20_000,
    secret: false,
  },
  'exam.collect': {
    description:
      'Copy what stands in a folder of a user’s home, as the user left it at the end of an exam. Done once; repeated, it tells what was collected.',
    args: v.looseObject({
      lesson: v.pipe(v.string(), v.uuid()),
      account: accountName,
      /** Whose files are taken; others that lie there are not. */
      uid: v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(2_000_000_000)),
      folder: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,60}$/)),
      maxFiles: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
      maxBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
    data: collectionReport,
    timeoutMs: 60_000,
    secret: false,
  },
  ...fileCommands,
  'desktop.tunnel': {
    description:
      'Open a WebSocket to the controller’s `path` with `ticket` and relay the desktop’s stream through it.',
    args: v.looseObject({
      desktop: desktopId,
      path: pageUrl,
      port: v.optional(port),
      ticket: v.pipe(v.string(), v.maxLength(200)),
    }),
    data: nothing,
    timeoutMs: 10_000,
    secret: true,
  },
} as const;

export type CommandName = keyof typeof commands;
export type CommandArgs<N extends CommandName> = v.InferOutput<(typeof commands)[N]['args']>;
export type CommandArgsInput<N extends CommandName> = v.InferInput<(typeof commands)[N]['args']>;
export type CommandData<N extends CommandName> = v.InferOutput<(typeof commands)[N]['data']>;

/** @returns whether `name` is a command that this version knows. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
