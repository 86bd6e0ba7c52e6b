/** What a VNC client says after its handshake (RFC 6143, 7.5, and the extensions that noVNC speaks), by type. */
export const clientMessages = {
  setPixelFormat: 0,
  setEncodings: 2,
  framebufferUpdateRequest: 3,
  keyEvent: 4,
  pointerEvent: 5,
  clientCutText: 6,
  enableContinuousUpdates: 150,
  clientFence: 248,
  xvp: 250,
  setDesktopSize: 251,
  qemu: 255,
} as const;

/** So many bytes tell the length of any message. */
export const longestHead = 12;

/** How long a message is, told by its first `needs` bytes; one row per type. */
const lengths: Readonly<Record<number, { needs: number; length: (head: Buffer) => number }>> = {
  [clientMessages.setPixelFormat]: { needs: 1, length: () => 20 },
  [clientMessages.setEncodings]: { needs: 4, length: (head) => 4 + 4 * head.readUInt16BE(2) },
  [clientMessages.framebufferUpdateRequest]: { needs: 1, length: () => 10 },
  [clientMessages.keyEvent]: { needs: 1, length: () => 8 },
  // The highest bit of the mask marks the extended one, with a byte more of buttons.
  [clientMessages.pointerEvent]: { needs: 2, length: (head) => (head.readUInt8(1) & 0x80 ? 7 : 6) },
  // A negative length marks the extended clipboard's.
  [clientMessages.clientCutText]: { needs: 8, length: (head) => 8 + Math.abs(head.readInt32BE(4)) },
  [clientMessages.enableContinuousUpdates]: { needs: 1, length: () => 10 },
  [clientMessages.clientFence]: { needs: 9, length: (head) => 9 + head.readUInt8(8) },
  [clientMessages.xvp]: { needs: 1, length: () => 4 },
  [clientMessages.setDesktopSize]: { needs: 8, length: (head) => 8 + 16 * head.readUInt8(6) },
};

/**
 * How long the message is that begins with these bytes.
 *
 * @param have how many bytes of `head` are there; at least one
 * @returns `unknown` for a type that nobody knows the length of
 */
export function messageLength(head: Buffer, have: number): number | 'needs-more' | 'unknown' {
  const type = head[0] ?? 0;
  if (type === clientMessages.qemu) return qemuLength(head, have);
  const row = lengths[type];
  if (!row) return 'unknown';
  return have < row.needs ? 'needs-more' : row.length(head);
}

/** QEMU's messages have a subtype; noVNC sends 0, the extended key event. */
function qemuLength(head: Buffer, have: number): number | 'needs-more' | 'unknown' {
  if (have < 2) return 'needs-more';
  return head[1] === 0 ? 12 : 'unknown';
}
