import { describe, expect, it } from 'vitest';
import { startTicksOf } from './process-identity.ts';

const tail = '1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 2461696 1 0 0 0 0 0';

describe('startTicksOf', () => {
  it('reads field 22', () => {
    expect(startTicksOf(`42 (node) S ${tail}`)).toBe('987654');
  });

  it('is not misled by a name with spaces and brackets', () => {
    expect(startTicksOf(`42 (a) S 9 (b) S ${tail}`)).toBe('987654');
  });

  it('counts a zombie as ended', () => {
    expect(startTicksOf(`42 (node) Z ${tail}`)).toBeUndefined();
  });

  it('counts one as running whose other threads still end: they hold its ports', () => {
    expect(startTicksOf(`42 (node) Z ${tail.replace('20 0 1 0', '20 0 3 0')}`)).toBe('987654');
  });
});
