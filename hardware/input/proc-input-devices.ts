/** One block of `/proc/bus/input/devices`; bit maps are bits of one big number. */
export interface ProcInputDevice {
  readonly bus: number;
  /** `046d:c31c`. */
  readonly usbId: string;
  readonly name: string;
  /** Where it is plugged in, `usb-0000:01:00.0-1.3/input0`; empty for devices that are nowhere. */
  readonly phys: string;
  readonly sysfs: string;
  /** Its file below `/dev/input`, `event3`; undefined for one that tells no events. */
  readonly eventNode: string | undefined;
  readonly properties: bigint;
  readonly events: bigint;
  readonly keys: bigint;
  readonly relativeAxes: bigint;
  readonly absoluteAxes: bigint;
}

/** Bits of a word in a bit map: those of the reading process, and Homeroom's Node is a 64-bit program. */
const wordBits = 64n;

/** @returns each block of `/proc/bus/input/devices`, in the kernel's order; a block without an id line is left out. */
export function parseProcInputDevices(text: string): ProcInputDevice[] {
  return text
    .split(/\n\s*\n/)
    .map(parseBlock)
    .filter((device) => device !== undefined);
}

function parseBlock(block: string): ProcInputDevice | undefined {
  const id = /^I: Bus=([0-9a-f]{4}) Vendor=([0-9a-f]{4}) Product=([0-9a-f]{4})/m.exec(block);
  if (!id) return undefined;
  return {
    bus: Number.parseInt(id[1] ?? '', 16),
    usbId: `${id[2]}:${id[3]}`,
    name: /^N: Name="(.*)"$/m.exec(block)?.[1]?.trim() ?? '',
    phys: /^P: Phys=(.*)$/m.exec(block)?.[1] ?? '',
    sysfs: /^S: Sysfs=(.*)$/m.exec(block)?.[1] ?? '',
    eventNode: /^H: Handlers=.*\b(event\d+)\b/m.exec(block)?.[1],
    properties: bitsOf(block, 'PROP'),
    events: bitsOf(block, 'EV'),
    keys: bitsOf(block, 'KEY'),
    relativeAxes: bitsOf(block, 'REL'),
    absoluteAxes: bitsOf(block, 'ABS'),
  };
}

/** Words are in hex without leading zeros, the most significant first. */
function bitsOf(block: string, map: string): bigint {
  const words = new RegExp(`^B: ${map}=([0-9a-f ]+)$`, 'm').exec(block)?.[1]?.trim().split(' ') ?? [];
  return words.reduce((bits, word) => (bits << wordBits) | BigInt(`0x${word}`), 0n);
}
