import * as v from 'valibot';
import { counter, fault, label, messageId, pageUrl, share, timestamp } from './fields.ts';

/** `…/state`: is the device there? `lost` is published by the will alone. */
export const deviceState = v.looseObject({
  state: v.picklist(['ready', 'disconnected', 'lost']),
  since: timestamp,
  bootId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Grows with each connection of one boot; a will from an older connection is ignored. */
  connection: v.optional(counter),
});
export type DeviceState = v.InferOutput<typeof deviceState>;

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

/** `…/desired`: the whole document that the controller wants; `revision` grows with each change. */
export const desired = v.looseObject({
  revision: counter,
  kiosk: v.looseObject({ url: pageUrl }),
  screen: v.looseObject({ power: v.picklist(['on', 'off']) }),
  lock: v.boolean(),
});
export type Desired = v.InferOutput<typeof desired>;

/** `…/reported`: what the device made of `desired`; a key that failed says why beside it. */
export const reported = v.looseObject({
  revision: counter,
  kiosk: v.looseObject({
    state: v.picklist(['starting', 'showing', 'local', 'failed', 'absent']),
    url: v.nullable(v.pipe(v.string(), v.maxLength(2048))),
    loadedAt: v.nullable(timestamp),
    error: v.optional(fault),
  }),
  screen: v.looseObject({
    power: v.picklist(['on', 'off', 'unknown']),
    error: v.optional(fault),
  }),
  lock: v.boolean(),
});
export type Reported = v.InferOutput<typeof reported>;

/** `…/hdmi`: every HDMI or DisplayPort connector, in the kernel's order. */
export const hdmi = v.looseObject({
  connectors: v.pipe(
    v.array(
      v.looseObject({
        /** The kernel's name, `HDMI-A-1`. */
        name: v.pipe(v.string(), v.maxLength(32)),
        connected: v.boolean(),
        monitor: v.nullable(
          v.looseObject({
            /** Three letters of the PNP id. */
            vendor: v.pipe(v.string(), v.maxLength(3)),
            product: label,
            serial: v.nullable(label),
            widthMm: v.nullable(counter),
            heightMm: v.nullable(counter),
          }),
        ),
        mode: v.nullable(v.looseObject({ width: counter, height: counter, refreshHz: v.number() })),
      }),
    ),
    v.maxLength(16),
  ),
});
export type Hdmi = v.InferOutput<typeof hdmi>;

/** `…/cec`: each adapter and the television behind it. A monitor without CEC is `no-peer`, no fault. */
export const cec = v.looseObject({
  adapters: v.pipe(
    v.array(
      v.looseObject({
        name: v.pipe(v.string(), v.maxLength(64)),
        connector: v.nullable(v.pipe(v.string(), v.maxLength(32))),
        power: v.picklist(['on', 'standby', 'transitioning', 'no-peer', 'no-link', 'unknown', 'error']),
        /** `1.0.0.0`; null where there is no link. */
        physicalAddress: v.nullable(v.pipe(v.string(), v.maxLength(16))),
        isActiveSource: v.nullable(v.boolean()),
        television: v.nullable(v.looseObject({ vendor: v.nullable(label), name: v.nullable(label) })),
        error: v.optional(fault),
      }),
    ),
    v.maxLength(8),
  ),
});
export type Cec = v.InferOutput<typeof cec>;

export const inputKinds = ['keyboard', 'mouse', 'touchscreen', 'tablet', 'gamepad', 'other'] as const;

/** `…/input`: inventory of input devices, never what is typed. */
export const input = v.looseObject({
  devices: v.pipe(
    v.array(
      v.looseObject({
        id: v.pipe(v.string(), v.maxLength(128)),
        name: label,
        kind: v.picklist(inputKinds),
        bus: v.picklist(['usb', 'bluetooth', 'built-in', 'virtual', 'other']),
        usbId: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/))),
      }),
    ),
    v.maxLength(64),
  ),
});
export type Input = v.InferOutput<typeof input>;

/** `…/relays`: the device's own relay channels. */
export const relays = v.looseObject({
  channels: v.pipe(
    v.array(
      v.looseObject({
        channel: counter,
        name: label,
        on: v.nullable(v.boolean()),
        since: timestamp,
        error: v.optional(fault),
      }),
    ),
    v.maxLength(64),
  ),
});
export type Relays = v.InferOutput<typeof relays>;

const nullableNumber = v.nullable(v.number());

/** `…/health`: a snapshot every 30 s. A figure that the machine does not give is null. */
export const health = v.looseObject({
  at: timestamp,
  uptimeS: v.number(),
  temperatureC: nullableNumber,
  /** Since boot; null where the machine cannot tell. */
  underVoltage: v.nullable(v.boolean()),
  loadAverage: nullableNumber,
  cpuCount: counter,
  memoryTotalMiB: v.number(),
  memoryFreeMiB: v.number(),
  diskTotalMiB: nullableNumber,
  diskFreeMiB: nullableNumber,
  /** Errors that the file system counted; grows when an SD card dies. */
  diskErrors: v.nullable(counter),
  link: v.nullable(
    v.looseObject({
      name: label,
      speedMbps: nullableNumber,
      wireless: v.boolean(),
      signalDbm: nullableNumber,
    }),
  ),
  agentMemoryMiB: v.number(),
});
export type Health = v.InferOutput<typeof health>;

/** `…/host`: a host's capacity and the desktops that run there; published on change and with health. */
export const host = v.looseObject({
  capacity: counter,
  /** Sessions run under an unprivileged uid each (`own`) or all as the agent's user (`shared`). */
  isolation: v.picklist(['own', 'shared']),
  load: share,
  /** What keeps this host from taking desktops, in words that say what to do; empty when it can. */
  faults: v.array(fault),
  desktops: v.pipe(
    v.array(
      v.looseObject({
        desktop: messageId,
        user: v.pipe(v.string(), v.maxLength(64)),
        state: v.picklist(['starting', 'running', 'ended']),
        startedAt: timestamp,
        error: v.optional(fault),
      }),
    ),
    v.maxLength(512),
  ),
});
export type Host = v.InferOutput<typeof host>;

export type DeviceStatePayload = {
  state: DeviceState;
  info: DeviceInfo;
  reported: Reported;
  hdmi: Hdmi;
  cec: Cec;
  input: Input;
  relays: Relays;
  health: Health;
  host: Host;
};
