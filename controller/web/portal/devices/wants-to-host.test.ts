import { expect, test } from 'vitest';
import { wantsToHost } from './wants-to-host.ts';

const host = { capacity: 2, isolation: 'own' as const, load: 0, faults: [], desktops: [] };
const asking = { host, hostConsent: null, connection: 'ready' } as const;

test('a device asks while it offers desktops and nobody has decided, also while it is away', () => {
  expect(wantsToHost(asking)).toBe(true);
  expect(wantsToHost({ ...asking, connection: 'lost' })).toBe(true);
});

test('a device does not ask without an offer, after a decision, or once it was revoked', () => {
  expect(wantsToHost({ ...asking, host: null })).toBe(false);
  expect(wantsToHost({ ...asking, hostConsent: 'allowed' })).toBe(false);
  expect(wantsToHost({ ...asking, hostConsent: 'refused' })).toBe(false);
  expect(wantsToHost({ ...asking, connection: 'revoked' })).toBe(false);
});
