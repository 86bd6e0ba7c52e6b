import { createCipheriv } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { ByteReader } from './byte-reader.ts';
import { encodePng } from './png.ts';

/** RFC 6143, section 7.2: security types. */
const security = { none: 1, vncAuth: 2 } as const;
const rawEncoding = 0;
const desktopSizeEncoding = -223;
const keysyms: Readonly<Record<string, number>> = { '\n': 0xff0d, '\t': 0xff09, '\b': 0xff08 };

export interface RfbClientOptions {
  /** Needed when the server asks for VNC authentication. */
  readonly secret?: string;
}

/**
 * A small VNC viewer for tests: raw pixels, keys and pointer. It asks for pictures one at a time.
 */
export class RfbClient {
  readonly #stream: Duplex;
  readonly #reader: ByteReader;
  #width = 0;
  #height = 0;
  #pixels = Buffer.alloc(0);
  /** What the server sent of its clipboard: a text, or the flags and data of the extended one. */
  readonly clipboards: Buffer[] = [];

  private constructor(stream: Duplex) {
    this.#stream = stream;
    this.#reader = new ByteReader(stream);
  }

  /**
   * Shake hands over an open stream.
   *
   * @throws with the server's words when it refuses
   */
  static async connect(stream: Duplex, options: RfbClientOptions = {}): Promise<RfbClient> {
    const client = new RfbClient(stream);
    await client.#handshake(options.secret);
    return client;
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** The picture as RGBA, row by row. */
  get pixels(): Buffer {
    return this.#pixels;
  }

  /** Fetch the whole picture. */
  async refresh(): Promise<Buffer> {
    this.#requestUpdate(false);
    await this.#readUpdate();
    return this.#pixels;
  }

  /**
   * Fetch pictures until one is as wanted.
   *
   * @throws when none is before the deadline
   */
  async refreshUntil(isWanted: (pixels: Buffer) => boolean, timeoutMs = 30_000): Promise<Buffer> {
    const deadline = performance.now() + timeoutMs;
    while (!isWanted(await this.refresh())) {
      if (performance.now() > deadline) throw new Error(`no such picture within ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.#pixels;
  }

  /** @returns the colour at a place as `#rrggbb`. */
  colourAt(x: number, y: number): string {
    const start = (y * this.#width + x) * 4;
    return `#${this.#pixels.subarray(start, start + 3).toString('hex')}`;
  }

  key(keysym: number, isDown: boolean): void {
    const message = Buffer.alloc(8);
    message.writeUInt8(4, 0);
    message.writeUInt8(isDown ? 1 : 0, 1);
    message.writeUInt32BE(keysym, 4);
    this.#stream.write(message);
  }

  /** Press and release a key per character: Latin-1, line feed, tabulator and backspace. */
  type(text: string): void {
    for (const character of text) {
      const keysym = keysyms[character] ?? character.charCodeAt(0);
      this.key(keysym, true);
      this.key(keysym, false);
    }
  }

  /** @param buttons bit 0 left, 1 middle, 2 right */
  pointer(x: number, y: number, buttons = 0): void {
    const message = Buffer.alloc(6);
    message.writeUInt8(5, 0);
    message.writeUInt8(buttons, 1);
    message.writeUInt16BE(x, 2);
    message.writeUInt16BE(y, 4);
    this.#stream.write(message);
  }

  click(x: number, y: number, buttons = 1): void {
    this.pointer(x, y);
    this.pointer(x, y, buttons);
    this.pointer(x, y);
  }

  /** @returns the picture as a PNG file. */
  toPng(): Buffer {
    return encodePng(this.#width, this.#height, this.#pixels);
  }

  close(): void {
    this.#stream.destroy();
  }

  async #handshake(secret: string | undefined): Promise<void> {
    await this.#reader.read(12);
    this.#stream.write('RFB 003.008\n');
    const types = await this.#reader.read(await this.#reader.readUint8());
    if (types.length === 0) throw new Error(await this.#readReason());
    if (types.includes(security.none)) {
      this.#stream.write(Buffer.from([security.none]));
    } else {
      this.#stream.write(Buffer.from([security.vncAuth]));
      this.#stream.write(answerChallenge(await this.#reader.read(16), secret ?? ''));
    }
    if ((await this.#reader.readUint32()) !== 0) throw new Error(await this.#readReason());
    this.#stream.write(Buffer.from([1]));
    await this.#readServerInit();
    this.#choosePixels();
  }

  async #readReason(): Promise<string> {
    return (await this.#reader.read(await this.#reader.readUint32())).toString();
  }

  async #readServerInit(): Promise<void> {
    this.#resize(await this.#reader.readUint16(), await this.#reader.readUint16());
    await this.#reader.read(16);
    await this.#reader.read(await this.#reader.readUint32());
  }

  #choosePixels(): void {
    const format = Buffer.alloc(20);
    // 32 bits per pixel, depth 24, little-endian, true colour; red in the lowest byte, so that bytes read R, G, B.
    format.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 0, 8, 16], 4);
    this.#stream.write(format);
    const encodings = Buffer.alloc(12);
    encodings.writeUInt8(2, 0);
    encodings.writeUInt16BE(2, 2);
    encodings.writeInt32BE(rawEncoding, 4);
    encodings.writeInt32BE(desktopSizeEncoding, 8);
    this.#stream.write(encodings);
  }

  #requestUpdate(isIncremental: boolean): void {
    const message = Buffer.alloc(10);
    message.writeUInt8(3, 0);
    message.writeUInt8(isIncremental ? 1 : 0, 1);
    message.writeUInt16BE(this.#width, 6);
    message.writeUInt16BE(this.#height, 8);
    this.#stream.write(message);
  }

  async #readUpdate(): Promise<void> {
    for (;;) {
      const type = await this.#reader.readUint8();
      if (type === 0) return this.#readRectangles();
      // 2: bell, without a body. 3: the server's clipboard.
      if (type === 3) {
        await this.#reader.read(3);
        // Negative where it is the extended clipboard's.
        this.clipboards.push(await this.#reader.read(Math.abs((await this.#reader.readUint32()) | 0)));
      } else if (type !== 2) throw new Error(`unexpected message ${type}`);
    }
  }

  async #readRectangles(): Promise<void> {
    await this.#reader.read(1);
    const count = await this.#reader.readUint16();
    for (let index = 0; index < count; index += 1) {
      const header = await this.#reader.read(12);
      const [x, y] = [header.readUInt16BE(0), header.readUInt16BE(2)];
      const [width, height] = [header.readUInt16BE(4), header.readUInt16BE(6)];
      const encoding = header.readInt32BE(8);
      if (encoding === desktopSizeEncoding) this.#resize(width, height);
      else this.#paint(x, y, width, await this.#reader.read(width * height * 4));
    }
  }

  #resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    this.#pixels = Buffer.alloc(width * height * 4);
  }

  #paint(x: number, y: number, width: number, raw: Buffer): void {
    for (let byte = 3; byte < raw.length; byte += 4) raw[byte] = 0xff;
    for (let row = 0; row * width * 4 < raw.length; row += 1) {
      this.#pixels.set(
        raw.subarray(row * width * 4, (row + 1) * width * 4),
        ((y + row) * this.#width + x) * 4,
      );
    }
  }
}

/** RFC 6143, section 7.2.2; VNC reads the bits of each key byte in reverse. */
function answerChallenge(challenge: Buffer, secret: string): Buffer {
  const key = Buffer.alloc(8);
  key.write(secret, 'latin1');
  for (const [index, byte] of key.entries()) key[index] = reverseBits(byte);
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function reverseBits(byte: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) reversed |= 0x80 >> bit;
  return reversed;
}
