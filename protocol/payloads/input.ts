import * as v from 'valibot';
import { label, timestamp } from './fields.ts';

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
  /** When somebody last used one of them, told every 30 s at most; absent where the device cannot know. */
  lastUsedAt: v.optional(timestamp),
});
export type Input = v.InferOutput<typeof input>;
