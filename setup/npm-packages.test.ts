import { describe, expect, it } from 'vitest';
import { npmWork } from './npm-packages.mjs';

describe('npmWork', () => {
  it('starts from nothing in a fresh clone, or after an install that was broken off', () => {
    expect(npmWork({ lockChangedAtMs: 5, installedAtMs: undefined })).toBe('ci');
  });

  it('brings an older tree up to a newer lock file in place', () => {
    expect(npmWork({ lockChangedAtMs: 5, installedAtMs: 4 })).toBe('install');
  });

  it('has nothing to do when the install is not older than the lock file', () => {
    expect(npmWork({ lockChangedAtMs: 5, installedAtMs: 5 })).toBe('nothing');
  });
});
