import { type ErrorCode, errors } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { closeCodeOf } from './close-code.ts';

it('gives every code a close code that applications may use, and a reason that fits', () => {
  for (const code of Object.keys(errors) as ErrorCode[]) {
    expect(closeCodeOf(code)).toBeGreaterThanOrEqual(4000);
    expect(closeCodeOf(code)).toBeLessThan(5000);
    // RFC 6455, 5.5: a control frame holds 125 bytes, two of them the code.
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(123);
  }
  expect(closeCodeOf('stream_closed')).toBe(4502);
});
