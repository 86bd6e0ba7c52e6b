import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseEdid } from './edid.ts';

function sample(name: string): Buffer {
  const hex = readFileSync(new URL(`./samples/${name}.hex`, import.meta.url), 'utf8');
  return Buffer.from(hex.replace(/\s/g, ''), 'hex');
}

test.each([
  [
    'dell-d1918h',
    { vendor: 'DEL', product: 'D1918H', serial: 'KYJ231716UHE', widthMm: 410, heightMm: 230 },
    { width: 1366, height: 768, refreshHz: 59.79 },
  ],
  [
    'benq-zowie',
    { vendor: 'BNQ', product: 'ZOWIE XL LCD', serial: 'H3H05911SL0', widthMm: 531, heightMm: 298 },
    { width: 1920, height: 1080, refreshHz: 60 },
  ],
  [
    'samsung-tv',
    { vendor: 'SAM', product: 'SAMSUNG', serial: null, widthMm: 885, heightMm: 498 },
    { width: 1920, height: 1080, refreshHz: 60 },
  ],
  [
    'lg-tv',
    { vendor: 'GSM', product: 'LG TV', serial: null, widthMm: null, heightMm: null },
    { width: 1920, height: 1080, refreshHz: 60 },
  ],
  [
    'philips-tv',
    { vendor: 'PHL', product: 'Philips FTV', serial: null, widthMm: null, heightMm: null },
    { width: 3840, height: 2160, refreshHz: 30 },
  ],
  [
    'sony-panel',
    { vendor: 'SNY', product: 'Nvidia Default Flat Panel', serial: null, widthMm: 309, heightMm: 174 },
    { width: 1366, height: 768, refreshHz: 59.94 },
  ],
])('reads the EDID of %s', (name, monitor, native) => {
  expect(parseEdid(sample(name))).toEqual({ ...monitor, native, isChecksumValid: true });
});

test('an EDID that is cut after its base block says the same', () => {
  const whole = sample('samsung-tv');
  expect(parseEdid(whole.subarray(0, 200))).toEqual(parseEdid(whole));
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['half a block', sample('lg-tv').subarray(0, 127)],
  ['zeros', Buffer.alloc(256)],
  ['an adapter that answers 0xff', Buffer.alloc(128, 0xff)],
])('%s is no EDID', (_name, bytes) => {
  expect(parseEdid(bytes)).toBeUndefined();
});

test('one flipped bit shows in the checksum and leaves the rest readable', () => {
  const bytes = sample('dell-d1918h');
  bytes[127] = (bytes[127] ?? 0) ^ 1;
  expect(parseEdid(bytes)).toMatchObject({ product: 'D1918H', isChecksumValid: false });
});

test('garbage behind the header is told without a throw', () => {
  const bytes = Buffer.alloc(128, 0xff);
  Buffer.from([0, 255, 255, 255, 255, 255, 255, 0]).copy(bytes);
  expect(parseEdid(bytes)).toMatchObject({ vendor: '???', product: 'ffff', isChecksumValid: false });
});

test('a monitor that names nothing is told by its product code and serial number', () => {
  const bytes = sample('benq-zowie');
  for (const offset of [72, 90, 108]) bytes[offset + 3] = 0x10;
  expect(parseEdid(bytes)).toMatchObject({ product: '7f30', serial: '21573' });
});

test('an interlaced timing counts both fields', () => {
  const bytes = sample('samsung-tv');
  // The first detailed timing of its CTA-861 extension: 1920 × 1080i at 50 fields.
  bytes.copy(bytes, 54, 128 + 0x25, 128 + 0x25 + 18);
  expect(parseEdid(bytes)?.native).toEqual({ width: 1920, height: 1080, refreshHz: 50 });
});

test('an EDID without a detailed timing has no native mode and the size of its base block', () => {
  const bytes = sample('dell-d1918h');
  bytes.fill(0, 54, 72);
  expect(parseEdid(bytes)).toMatchObject({ native: null, widthMm: 410, heightMm: 230 });
});
