import { HomeroomError } from '@homeroom/protocol';
import { ByteReader } from './byte-reader.ts';
import { type Handshake, protocolVersion, securityTypes } from './handshake.ts';
import { vncAuthResponse } from './vnc-auth.ts';

const nothing = Buffer.alloc(0);

type State =
  | 'version' // the server tells its version
  | 'security-types' // it lists how it authenticates
  | 'challenge' // it sends 16 random bytes
  | 'result' // it tells whether the answer was right
  | 'failure-reason' // it says why not
  | 'done';

/**
 * The gateway as a client of a VNC server (RFC 6143, 7.1.1 to 7.1.3). It authenticates with the
 * desktop's secret, so that no browser ever sees it, and stops before ClientInit, which is the
 * browser's to send.
 */
export class VncServerHandshake implements Handshake {
  readonly #secret: string;
  readonly #reader = new ByteReader();
  #state: State = 'version';

  constructor(secret: string) {
    this.#secret = secret;
  }

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

  /** @returns what to send for the next whole field, or undefined while it is not there. */
  #step(): Buffer | undefined {
    switch (this.#state) {
      case 'version':
        return this.#readVersion();
      case 'security-types':
        return this.#readSecurityTypes();
      case 'challenge':
        return this.#readChallenge();
      case 'result':
        return this.#readResult();
      case 'failure-reason':
        return this.#readFailureReason();
      case 'done':
        return undefined;
    }
  }

  #readVersion(): Buffer | undefined {
    const version = this.#reader.take(protocolVersion.length)?.toString('latin1');
    if (version === undefined) return undefined;
    const match = /^RFB (\d{3})\.(\d{3})\n$/.exec(version);
    if (!match) throw new HomeroomError('stream_unreachable', 'what answers there is no VNC server');
    if (Number(match[1]) !== 3 || Number(match[2]) < 8) {
      throw new HomeroomError('stream_unreachable', `the VNC server speaks ${version.trim()}, not 3.8`);
    }
    this.#state = 'security-types';
    return protocolVersion;
  }

  #readSecurityTypes(): Buffer | undefined {
    const count = this.#reader.peek(1)?.[0];
    if (count === undefined) return undefined;
    const list = this.#reader.take(1 + count)?.subarray(1);
    if (!list) return undefined;
    if (count === 0) return this.#fail();
    if (list.includes(securityTypes.vncAuthentication)) {
      this.#state = 'challenge';
      return Buffer.of(securityTypes.vncAuthentication);
    }
    throw new HomeroomError('stream_unreachable', 'the VNC server does not offer VNC authentication');
  }

  #readChallenge(): Buffer | undefined {
    const challenge = this.#reader.take(16);
    if (!challenge) return undefined;
    this.#state = 'result';
    return vncAuthResponse(this.#secret, challenge);
  }

  #readResult(): Buffer | undefined {
    const result = this.#reader.take(4)?.readUInt32BE();
    if (result === undefined) return undefined;
    if (result !== 0) return this.#fail();
    this.#state = 'done';
    return nothing;
  }

  #fail(): Buffer {
    this.#state = 'failure-reason';
    return nothing;
  }

  #readFailureReason(): Buffer | undefined {
    const length = this.#reader.peek(4)?.readUInt32BE();
    if (length === undefined) return undefined;
    const reason = this.#reader.take(4 + Math.min(length, 1024))?.subarray(4);
    if (!reason) return undefined;
    throw new HomeroomError('stream_unreachable', `the VNC server refused: ${reason.toString('utf8')}`);
  }
}
