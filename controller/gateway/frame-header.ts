/** The longest header of a frame that a server sends (RFC 6455, 5.2): two bytes and a 64-bit length. */
export const maxFrameHeader = 10;

/** FIN, and the opcode of binary data. */
const finalBinary = 0x82;
/** A length of up to 125 stands in the second byte itself; these two say how it goes on. */
const lengthIn16Bits = 126;
const lengthIn64Bits = 127;

/** @returns how many bytes the header of a frame with so many bytes takes */
export function frameHeaderLength(payloadBytes: number): number {
  if (payloadBytes < lengthIn16Bits) return 2;
  return payloadBytes < 0x1_0000 ? 4 : maxFrameHeader;
}

/** Write the header of one whole binary message, unmasked as a server's are. */
export function writeFrameHeader(target: Buffer, offset: number, payloadBytes: number): void {
  target[offset] = finalBinary;
  if (payloadBytes < lengthIn16Bits) {
    target[offset + 1] = payloadBytes;
  } else if (payloadBytes < 0x1_0000) {
    target[offset + 1] = lengthIn16Bits;
    target.writeUInt16BE(payloadBytes, offset + 2);
  } else {
    target[offset + 1] = lengthIn64Bits;
    target.writeBigUInt64BE(BigInt(payloadBytes), offset + 2);
  }
}
