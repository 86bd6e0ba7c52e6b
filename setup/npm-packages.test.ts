import { describe, expect, it } from 'vitest';
import { needsInstall } from './npm-packages.mjs';

describe('needsInstall', () => {
  it('is true in a fresh clone, and after an install that was broken off', () => {
    expect(needsInstall({ lockChangedAtMs: 5, installedAtMs: undefined })).toBe(true);
  });

  it('is true when the lock file has changed since', () => {
    expect(needsInstall({ lockChangedAtMs: 5, installedAtMs: 4 })).toBe(true);
  });

  it('is false when the install is not older than the lock file', () => {
    expect(needsInstall({ lockChangedAtMs: 5, installedAtMs: 5 })).toBe(false);
  });
});
