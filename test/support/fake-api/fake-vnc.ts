import type { WebSocket } from 'ws';

const width = 320;
const height = 200;

/**
 * The server's side of RFB 3.8 (RFC 6143), as small as a viewer can live with: no security, a raw picture of
 * one shade, another one after every key.
 */
export class FakeVnc {
  /** What clients typed, as keysyms. */
  readonly keys: number[] = [];
  /** What clients put on the clipboard. */
  readonly pasted: string[] = [];
  readonly #sockets = new Set<WebSocket>();
  #shade = 0x30;

  serve(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    let received = Buffer.alloc(0);
    let stage: 'version' | 'security' | 'init' | 'normal' = 'version';
    socket.send(Buffer.from('RFB 003.008\n'));
    socket.on('message', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (stage === 'version' && received.length >= 12) {
        received = received.subarray(12);
        stage = 'security';
        socket.send(Buffer.from([1, 1]));
      }
      if (stage === 'security' && received.length >= 1) {
        received = received.subarray(1);
        stage = 'init';
        socket.send(Buffer.alloc(4));
      }
      if (stage === 'init' && received.length >= 1) {
        received = received.subarray(1);
        stage = 'normal';
        socket.send(serverInit());
      }
      while (stage === 'normal' && received.length > 0) {
        const used = this.#message(socket, received);
        if (used === 0) break;
        received = received.subarray(used);
      }
    });
  }

  /** The desktop copied something. */
  copy(text: string): void {
    const head = Buffer.alloc(8);
    head.writeUInt8(3, 0);
    head.writeUInt32BE(text.length, 4);
    for (const socket of this.#sockets) socket.send(Buffer.concat([head, Buffer.from(text, 'latin1')]));
  }

  /** Break every stream, with a reason as the gateway gives one. */
  closeAll(code: number, reason: string): void {
    for (const socket of this.#sockets) socket.close(code, reason);
  }

  /** @returns how many bytes the first message has; 0 while it is not complete. */
  #message(socket: WebSocket, bytes: Buffer): number {
    const length = lengthOf(bytes);
    if (length === 0 || bytes.length < length) return 0;
    // An incremental request waits for a change; here only a key makes one.
    if (bytes[0] === 3 && bytes[1] === 0) socket.send(this.#picture());
    if (bytes[0] === 4 && bytes[1] === 1) {
      this.keys.push(bytes.readUInt32BE(4));
      this.#shade = (this.#shade + 0x40) & 0xff;
      socket.send(this.#picture());
    }
    if (bytes[0] === 6) this.pasted.push(bytes.toString('latin1', 8, length));
    return length;
  }

  #picture(): Buffer {
    const head = Buffer.alloc(16);
    head.writeUInt16BE(1, 2);
    head.writeUInt16BE(width, 8);
    head.writeUInt16BE(height, 10);
    return Buffer.concat([head, Buffer.alloc(width * height * 4, this.#shade)]);
  }
}

/** The length of a client's message (RFC 6143, 7.5); 0 while it cannot be told. */
function lengthOf(bytes: Buffer): number {
  switch (bytes[0]) {
    case 0:
      return 20;
    case 2:
      return bytes.length < 4 ? 0 : 4 + 4 * bytes.readUInt16BE(2);
    case 3:
      return 10;
    case 4:
      return 8;
    case 5:
      return 6;
    case 6:
      return bytes.length < 8 ? 0 : 8 + bytes.readUInt32BE(4);
    default:
      throw new Error(`the fake VNC server does not know message ${bytes[0]}`);
  }
}

function serverInit(): Buffer {
  const name = Buffer.from('fake');
  const init = Buffer.alloc(24);
  init.writeUInt16BE(width, 0);
  init.writeUInt16BE(height, 2);
  init.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4);
  init.writeUInt32BE(name.length, 20);
  return Buffer.concat([init, name]);
}
