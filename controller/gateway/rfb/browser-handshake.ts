import { HomeroomError } from '@homeroom/protocol';
import { ByteReader } from './byte-reader.ts';
import { type Handshake, protocolVersion, securityTypes } from './handshake.ts';

/**
 * The gateway as the VNC server of a browser (RFC 6143, 7.1.1 to 7.1.3). The ticket has already
 * authenticated the browser, so the one security type on offer is None. Before the first feed,
 * {@link protocolVersion} is to be sent: a server speaks first.
 */
export class BrowserHandshake implements Handshake {
  readonly #reader = new ByteReader();
  #state: 'version' | 'security-type' | 'done' = 'version';

  feed(chunk: Buffer): Buffer {
    this.#reader.push(chunk);
    const replies: Buffer[] = [];
    for (let reply = this.#step(); reply; reply = this.#step()) replies.push(reply);
    return Buffer.concat(replies);
  }

  isDone(): boolean {
    return this.#state === 'done';
  }

  rest(): Buffer {
    return this.#reader.rest();
  }

  #step(): Buffer | undefined {
    if (this.#state === 'version') return this.#readVersion();
    return this.#state === 'security-type' ? this.#readSecurityType() : undefined;
  }

  #readVersion(): Buffer | undefined {
    const version = this.#reader.take(protocolVersion.length);
    if (!version) return undefined;
    if (!version.equals(protocolVersion)) {
      throw new HomeroomError('stream_unreachable', 'the browser does not speak RFB 3.8');
    }
    this.#state = 'security-type';
    return Buffer.of(1, securityTypes.none);
  }

  #readSecurityType(): Buffer | undefined {
    const chosen = this.#reader.take(1)?.[0];
    if (chosen === undefined) return undefined;
    if (chosen !== securityTypes.none) {
      throw new HomeroomError('stream_unreachable', `the browser chose security type ${chosen}`);
    }
    this.#state = 'done';
    // SecurityResult: OK. In 3.8 it follows the type None too.
    return Buffer.alloc(4);
  }
}
