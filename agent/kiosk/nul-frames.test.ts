import { describe, expect, it } from 'vitest';
import { NulFrames } from './nul-frames.ts';

describe('NulFrames', () => {
  it('gives each text that a chunk completes', () => {
    expect(new NulFrames().push(Buffer.from('one\0two\0'))).toEqual(['one', 'two']);
  });

  it('joins a text that comes in pieces, also inside a character', () => {
    const frames = new NulFrames();
    const bytes = Buffer.from('größe\0rest');
    expect(frames.push(bytes.subarray(0, 3))).toEqual([]);
    expect(frames.push(bytes.subarray(3))).toEqual(['größe']);
    expect(frames.push(Buffer.from('\0'))).toEqual(['rest']);
  });

  it('refuses a text without end', () => {
    const frames = new NulFrames();
    const chunk = Buffer.alloc(8 * 1024 * 1024, 'x');
    expect(() => {
      for (let index = 0; index < 5; index += 1) frames.push(chunk);
    }).toThrow(RangeError);
  });
});
