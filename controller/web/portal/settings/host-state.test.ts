import type { HostResource } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { hostState } from './host-state.ts';

const well: HostResource = {
  id: 'h1',
  name: 'Host 1',
  kinds: ['xfce'],
  capacity: 10,
  used: 3,
  load: 0.2,
  healthy: true,
  draining: false,
  consent: 'allowed',
  faults: [],
  seenAt: '2026-09-01T10:00:00.000Z',
};

test.each([
  [{}, 'well'],
  [{ used: 10 }, 'full'],
  [{ healthy: false }, 'not well'],
  [{ draining: true }, 'is emptied'],
  [{ draining: true, used: 0, healthy: false }, 'empty'],
  [{ consent: null, draining: true }, 'waits for your word'],
  [{ consent: 'refused' }, 'may not run desktops'],
] as const)('a host with %o is told as %s', (change, words) => {
  expect(hostState({ ...well, ...change }).words).toBe(words);
});
