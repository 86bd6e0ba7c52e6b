import * as v from 'valibot';
import { counter, label } from '../payloads/fields.ts';
import { id, nullableTime } from './fields.ts';

/**
 * How a switch or matrix is told: `cec` by the device that hangs on the input, `serial` and `board` by lines that a device or the
 * relay board writes to it, `pulse` by a relay channel for each input that is pressed for a moment like a button.
 */
export const hdmiSwitchKinds = ['cec', 'serial', 'board', 'pulse'] as const;
export type HdmiSwitchKind = (typeof hdmiSwitchKinds)[number];

const inputNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32));

const hdmiInput = v.object({
  input: inputNumber,
  name: label,
  /** Whose device is plugged in there. */
  seat: v.nullable(id),
  /** Kind `pulse`: the channel that presses its button. */
  channel: v.nullable(counter),
});

export const hdmiSwitch = v.object({
  id,
  name: label,
  kind: v.picklist(hdmiSwitchKinds),
  room: v.nullable(id),
  /** Kind `serial`: the device with the serial line, and which line it is. */
  device: v.nullable(id),
  port: v.nullable(label),
  /** Kinds `board` and `pulse`: by which relay. */
  relay: v.nullable(id),
  inputs: v.array(hdmiInput),
  /** One for a switch, several for a matrix. */
  outputs: v.array(
    v.object({
      output: inputNumber,
      name: label,
      /** What it shows as far as is known, and what was asked for. */
      input: v.nullable(inputNumber),
      wanted: v.nullable(inputNumber),
      since: nullableTime,
      fault: v.nullable(label),
    }),
  ),
});
export type HdmiSwitch = v.InferOutput<typeof hdmiSwitch>;

const content = {
  name: v.pipe(label, v.trim(), v.minLength(1)),
  room: v.nullable(id),
  inputs: v.pipe(v.array(hdmiInput), v.minLength(1), v.maxLength(32)),
  outputs: v.pipe(v.array(v.object({ output: inputNumber, name: label })), v.minLength(1), v.maxLength(32)),
};

/** `POST /hdmi-switches`. */
export const createHdmiSwitchRequest = v.strictObject({
  ...content,
  kind: v.picklist(hdmiSwitchKinds),
  device: v.optional(v.nullable(id), null),
  port: v.optional(v.nullable(label), null),
  relay: v.optional(v.nullable(id), null),
});
export type CreateHdmiSwitchRequest = v.InferOutput<typeof createHdmiSwitchRequest>;

/** `PATCH /hdmi-switches/<id>`. */
export const patchHdmiSwitchRequest = v.strictObject({
  name: v.exactOptional(content.name),
  room: v.exactOptional(content.room),
  inputs: v.exactOptional(content.inputs),
  outputs: v.exactOptional(content.outputs),
});
export type PatchHdmiSwitchRequest = v.InferOutput<typeof patchHdmiSwitchRequest>;

/** `POST /hdmi-switches/<id>/route`: show an input at an output. */
export const routeHdmiRequest = v.strictObject({ output: v.optional(inputNumber, 1), input: inputNumber });
