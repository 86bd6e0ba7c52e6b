import type { Host } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { hostAlert } from './host-alert.ts';

const host: Host = { capacity: 2, isolation: 'own', load: 0, faults: [], desktops: [] };
const enrolledAt = new Date('2026-03-02T08:00:00.000Z');
const asking = {
  host,
  host_consent: null,
  revoked_at: null,
  credential_issued_at: enrolledAt,
  created_at: new Date('2026-03-01T08:00:00.000Z'),
};

it('stands while a device offers to run desktops and nobody has decided', () => {
  expect(hostAlert(asking)).toEqual({
    code: 'host_not_allowed',
    message: expect.stringContaining('until an admin allows that'),
    since: enrolledAt.toISOString(),
  });
});

it.each([
  ['offers nothing', { host: null }],
  ['was allowed', { host_consent: 'allowed' as const }],
  ['was refused', { host_consent: 'refused' as const }],
  ['was revoked', { revoked_at: enrolledAt }],
])('does not stand at a device that %s', (_how, given) => {
  expect(hostAlert({ ...asking, ...given })).toBeUndefined();
});
