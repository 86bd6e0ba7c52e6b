import { expect, it } from 'vitest';
import { BrowserHandshake } from './browser-handshake.ts';
import { protocolVersion } from './handshake.ts';

it('offers None alone and accepts it', () => {
  const handshake = new BrowserHandshake();
  expect(handshake.feed(protocolVersion)).toEqual(Buffer.of(1, 1));
  expect(handshake.feed(Buffer.of(1))).toEqual(Buffer.alloc(4));
  expect(handshake.isDone()).toBe(true);
});

it('keeps what the browser sends ahead', () => {
  const handshake = new BrowserHandshake();
  handshake.feed(Buffer.concat([protocolVersion, Buffer.of(1, 1, 0xaa)]));
  expect(handshake.rest()).toEqual(Buffer.of(1, 0xaa));
});

it.each([
  ['another version', Buffer.from('RFB 003.003\n'), /does not speak RFB 3.8/],
  ['another security type', Buffer.concat([protocolVersion, Buffer.of(2)]), /security type 2/],
])('refuses %s', (_name, bytes, message) => {
  expect(() => new BrowserHandshake().feed(bytes)).toThrow(message);
});
