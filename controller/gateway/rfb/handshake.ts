/** One side of an RFB handshake: bytes in, bytes out, no I/O. */
export interface Handshake {
  /**
   * Take the next bytes of the peer.
   *
   * @returns what to send to the peer now; empty when more bytes are needed first
   * @throws HomeroomError `stream_unreachable` when the peer refuses or does not speak RFB 3.8
   */
  feed(chunk: Buffer): Buffer;
  /** Whether the handshake is over: the peer's next byte belongs to the stream. */
  isDone(): boolean;
  /** @returns the bytes that came after the handshake's end; takes them. */
  rest(): Buffer;
}

/** RFB 3.8 (RFC 6143, 7.1.1): what every server and noVNC have spoken for twenty years. */
export const protocolVersion = Buffer.from('RFB 003.008\n', 'latin1');

/** RFC 6143, 7.1.2. */
export const securityTypes = { none: 1, vncAuthentication: 2 } as const;
