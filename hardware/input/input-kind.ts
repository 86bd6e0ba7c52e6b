import type { Input } from '@homeroom/protocol/wire';
import type { ProcInputDevice } from './proc-input-devices.ts';

export type InputKind = Input['devices'][number]['kind'];
export type InputBus = Input['devices'][number]['bus'];

/** Bit numbers of `linux/input-event-codes.h`. */
const key = {
  q: 16,
  p: 25,
  buttonLeft: 0x110,
  joystick: 0x120,
  gamepad: 0x130,
  pen: 0x140,
  finger: 0x145,
  touch: 0x14a,
} as const;
const event = { key: 1, relative: 2, absolute: 3 } as const;
const axisX = 0;
const axisY = 1;
const multitouchX = 0x35;
const property = { direct: 1 } as const;
/** Bus numbers of `linux/input.h`. */
const bus = {
  usb: 0x03,
  bluetooth: 0x05,
  virtual: 0x06,
  i8042: 0x11,
  i2c: 0x18,
  host: 0x19,
  spi: 0x1c,
  cec: 0x1e,
} as const;

/** @returns what a device is for, by what it can send; the remote control behind a television is `other`. */
export function kindOf(device: ProcInputDevice): InputKind {
  if (device.bus === bus.cec) return 'other';
  if (has(device.keys, key.pen)) return 'tablet';
  if (isTouchscreen(device)) return 'touchscreen';
  if (has(device.keys, key.gamepad) || has(device.keys, key.joystick)) return 'gamepad';
  // Before the letters: mice with a receiver for several machines claim a whole keyboard as well.
  if (has(device.keys, key.buttonLeft)) return isPointing(device) ? 'mouse' : 'other';
  return hasLetters(device.keys) ? 'keyboard' : 'other';
}

/** @returns whether a person can send anything with it; sound jacks and lid switches are no input devices. */
export function isForPeople(device: ProcInputDevice): boolean {
  return (
    has(device.events, event.key) || has(device.events, event.relative) || has(device.events, event.absolute)
  );
}

/** @returns how a device is attached. */
export function busOf(device: ProcInputDevice): InputBus {
  switch (device.bus) {
    case bus.usb:
      return 'usb';
    case bus.bluetooth:
      return 'bluetooth';
    case bus.virtual:
      return 'virtual';
    case bus.i8042:
    case bus.i2c:
    case bus.host:
    case bus.spi:
    case bus.cec:
    case 0:
      return 'built-in';
    default:
      return 'other';
  }
}

/** Old drivers set no "direct" property, but then there is no tool that a touch pad would tell. */
function isTouchscreen(device: ProcInputDevice): boolean {
  if (!tellsPlace(device) && !has(device.absoluteAxes, multitouchX)) return false;
  if (has(device.properties, property.direct)) return true;
  return has(device.keys, key.touch) && !has(device.keys, key.finger);
}

/** A mouse moves relatively; a touch pad and the mouse of a virtual machine tell where they are. */
function isPointing(device: ProcInputDevice): boolean {
  return (has(device.relativeAxes, axisX) && has(device.relativeAxes, axisY)) || tellsPlace(device);
}

function tellsPlace(device: ProcInputDevice): boolean {
  return has(device.absoluteAxes, axisX) && has(device.absoluteAxes, axisY);
}

/** Media keys and power buttons send keys as well: only a full row of letters makes a keyboard. */
function hasLetters(keys: bigint): boolean {
  for (let code: number = key.q; code <= key.p; code += 1) if (!has(keys, code)) return false;
  return true;
}

function has(bits: bigint, bit: number): boolean {
  return ((bits >> BigInt(bit)) & 1n) === 1n;
}
