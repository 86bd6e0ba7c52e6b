import { expect, it } from 'vitest';
import { vncAuthResponse } from './vnc-auth.ts';
import { VncServerHandshake } from './vnc-server-handshake.ts';

const challenge = Buffer.from('0123456789abcdef');
const version = Buffer.from('RFB 003.008\n');
const ok = Buffer.alloc(4);
const refused = (reason: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(reason.length);
  return Buffer.concat([Buffer.of(0, 0, 0, 1), length, Buffer.from(reason)]);
};

it('authenticates with the secret and leaves ClientInit to the browser', () => {
  const handshake = new VncServerHandshake('geheim12');
  expect(handshake.feed(version)).toEqual(version);
  expect(handshake.feed(Buffer.of(2, 1, 2))).toEqual(Buffer.of(2));
  expect(handshake.feed(challenge)).toEqual(vncAuthResponse('geheim12', challenge));
  expect(handshake.isDone()).toBe(false);
  expect(handshake.feed(ok)).toEqual(Buffer.alloc(0));
  expect(handshake.isDone()).toBe(true);
});

it('says the same when every byte comes by itself, and keeps what follows', () => {
  const handshake = new VncServerHandshake('geheim12');
  const server = Buffer.concat([version, Buffer.of(1, 2), challenge, ok, Buffer.from('later')]);
  const said = [...server].map((byte) => handshake.feed(Buffer.of(byte)));
  expect(Buffer.concat(said)).toEqual(
    Buffer.concat([version, Buffer.of(2), vncAuthResponse('geheim12', challenge)]),
  );
  expect(handshake.rest().toString()).toBe('later');
});

it('tells why the server refused', () => {
  const handshake = new VncServerHandshake('wrong');
  handshake.feed(Buffer.concat([version, Buffer.of(1, 2), challenge]));
  expect(() => handshake.feed(refused('Authentication failure'))).toThrow(/refused: Authentication failure/);
});

it('tells the reason of a server that offers no security type', () => {
  const handshake = new VncServerHandshake('x');
  handshake.feed(version);
  expect(() => handshake.feed(Buffer.concat([Buffer.of(0), refused('Too many').subarray(4)]))).toThrow(
    /Too many/,
  );
});

it.each([
  ['no VNC server', 'HTTP/1.1 400 Bad Request\r\n', /no VNC server/],
  ['an old one', 'RFB 003.003\n', /speaks RFB 003.003/],
])('refuses %s', (_name, greeting, message) => {
  expect(() => new VncServerHandshake('x').feed(Buffer.from(greeting))).toThrow(message);
});

it('refuses a server that does not authenticate', () => {
  const handshake = new VncServerHandshake('x');
  handshake.feed(version);
  expect(() => handshake.feed(Buffer.of(1, 1))).toThrow(/does not offer VNC authentication/);
});

it('refuses to buffer more than a handshake can need', () => {
  expect(() => new VncServerHandshake('x').feed(Buffer.alloc(5000))).toThrow(/too many bytes/);
});
