/**
 * EDID as VESA E-EDID Standard, Release A, Revision 2 lays it out. Monitors get it wrong in every way
 * there is, so everything past the header is taken if it makes sense and left out if it does not.
 */

const blockBytes = 128;
const header = [0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];
/** The four 18-byte descriptors of the base block (section 3.10). */
const descriptorOffsets = [54, 72, 90, 108];
const descriptorTag = { serial: 0xff, text: 0xfe, name: 0xfc } as const;
/** Sizes that are an aspect ratio in disguise: televisions state one when they know no size. */
const placeholderSizes = new Set(['16x9', '16x10', '160x90', '160x100', '1600x900', '1600x1000']);

export type EdidMode = {
  readonly width: number;
  readonly height: number;
  readonly refreshHz: number;
};

export interface Edid {
  /** Three letters of the PNP id, `DEL`. */
  readonly vendor: string;
  /** The name that the monitor gives itself, else its product code in hex. */
  readonly product: string;
  readonly serial: string | null;
  readonly widthMm: number | null;
  readonly heightMm: number | null;
  /** The preferred mode, which is the native one of nearly every flat panel. */
  readonly native: EdidMode | null;
  /** Whether the base block adds up; a worn-out cable or a cheap adapter shows here first. */
  readonly isChecksumValid: boolean;
}

/** @returns what the bytes tell, or undefined when they are no EDID: too short, or without its header. */
export function parseEdid(bytes: Uint8Array): Edid | undefined {
  if (bytes.byteLength < blockBytes || header.some((byte, index) => bytes[index] !== byte)) return undefined;
  const base = Buffer.from(bytes.subarray(0, blockBytes));
  const descriptors = descriptorOffsets.map((offset) => base.subarray(offset, offset + 18));
  const timing = descriptors.find((descriptor) => descriptor.readUInt16LE(0) !== 0);
  return {
    vendor: vendorOf(base),
    product:
      textOf(descriptors, descriptorTag.name) ?? textOf(descriptors, descriptorTag.text) ?? codeOf(base),
    serial: textOf(descriptors, descriptorTag.serial) ?? serialNumberOf(base),
    ...sizeOf(base, timing),
    native: timing ? modeOf(timing) : null,
    isChecksumValid: base.reduce((sum, byte) => sum + byte, 0) % 256 === 0,
  };
}

/** Section 3.4.1: three letters of five bits, big-endian, `A` is 1. */
function vendorOf(base: Buffer): string {
  const bits = base.readUInt16BE(8);
  return [bits >> 10, bits >> 5, bits].map((code) => letterOf(code & 0x1f)).join('');
}

function letterOf(code: number): string {
  return code >= 1 && code <= 26 ? String.fromCharCode(64 + code) : '?';
}

function codeOf(base: Buffer): string {
  return base.readUInt16LE(10).toString(16).padStart(4, '0');
}

/** Section 3.4.3. Zero and 0x01010101 are what makers leave when they have none. */
function serialNumberOf(base: Buffer): string | null {
  const number = base.readUInt32LE(12);
  return number === 0 || number === 0x01010101 ? null : String(number);
}

/** A text ends with a line feed, some makers end it with NUL; a long one goes on in the next descriptor. */
function textOf(descriptors: readonly Buffer[], tag: number): string | undefined {
  const text = descriptors
    .filter((descriptor) => descriptor.readUInt16LE(0) === 0 && descriptor[3] === tag)
    .map(
      (descriptor) =>
        descriptor
          .subarray(5)
          .toString('latin1')
          .split(/[\n\0]/, 1)[0],
    )
    .join('')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '')
    .trim();
  return text || undefined;
}

/** The timing's millimetres are finer than the block's centimetres (3.10.2, 3.6.2). */
function sizeOf(base: Buffer, timing: Buffer | undefined): Pick<Edid, 'widthMm' | 'heightMm'> {
  const candidates = [
    timing
      ? [
          byte(timing, 12) + ((byte(timing, 14) & 0xf0) << 4),
          byte(timing, 13) + ((byte(timing, 14) & 0x0f) << 8),
        ]
      : [],
    [byte(base, 21) * 10, byte(base, 22) * 10],
  ];
  for (const [widthMm = 0, heightMm = 0] of candidates)
    if (widthMm > 0 && heightMm > 0 && !placeholderSizes.has(`${widthMm}x${heightMm}`))
      return { widthMm, heightMm };
  return { widthMm: null, heightMm: null };
}

/** Section 3.10.2: active and blanking pixels in 12 bits each; an interlaced timing counts lines of a field. */
function modeOf(timing: Buffer): EdidMode | null {
  const clockHz = timing.readUInt16LE(0) * 10_000;
  const width = byte(timing, 2) + ((byte(timing, 4) & 0xf0) << 4);
  const lines = byte(timing, 5) + ((byte(timing, 7) & 0xf0) << 4);
  const totalWidth = width + byte(timing, 3) + ((byte(timing, 4) & 0x0f) << 8);
  const isInterlaced = (byte(timing, 17) & 0x80) !== 0;
  // The two fields of an interlaced frame share one odd line.
  const totalLines = lines + byte(timing, 6) + ((byte(timing, 7) & 0x0f) << 8) + (isInterlaced ? 0.5 : 0);
  if (width === 0 || lines === 0) return null;
  return {
    width,
    height: isInterlaced ? lines * 2 : lines,
    refreshHz: Math.round((clockHz / (totalWidth * totalLines)) * 100) / 100,
  };
}

function byte(buffer: Buffer, offset: number): number {
  return buffer[offset] ?? 0;
}
