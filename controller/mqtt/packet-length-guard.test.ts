import { expect, it } from 'vitest';
import { PacketLengthGuard } from './packet-length-guard.ts';

/** A PUBLISH header with this remaining length, and so many bytes of body. */
function packet(length: number, body = length): Buffer {
  const header = [0x30];
  let rest = length;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    header.push(rest > 0 ? byte | 0x80 : byte);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(body, 0xff)]);
}

it('passes packets up to the limit', () => {
  const guard = new PacketLengthGuard(1_000);
  for (const length of [0, 1, 127, 128, 999, 1_000]) expect(guard.accepts(packet(length))).toBe(true);
});

it('refuses a longer one at its header', () => {
  const guard = new PacketLengthGuard(1_000);
  expect(guard.accepts(packet(1_001, 0))).toBe(false);
});

it('finds a long packet behind others in one chunk', () => {
  const guard = new PacketLengthGuard(1_000);
  expect(guard.accepts(Buffer.concat([packet(10), packet(0), packet(5_000, 0)]))).toBe(false);
});

it('reads the same when every byte comes alone', () => {
  const guard = new PacketLengthGuard(1_000);
  const bytes = Buffer.concat([packet(300), packet(0), packet(1_001, 0)]);
  const answers = [...bytes].map((byte) => guard.accepts(Uint8Array.of(byte)));
  expect(answers.indexOf(false)).toBe(answers.length - 1);
});

it('refuses a length of five bytes, which MQTT has not', () => {
  const guard = new PacketLengthGuard(1e9);
  expect(guard.accepts(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80, 0x01))).toBe(false);
});

it('takes a new limit for the packets that follow', () => {
  const guard = new PacketLengthGuard(100);
  guard.accepts(packet(50));
  guard.allow(1_000);
  expect(guard.accepts(packet(900))).toBe(true);
});
