import type { DeviceState } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { isStale } from './state-order.ts';

const state = (given: Partial<DeviceState>): DeviceState => ({
  state: 'ready',
  since: '2026-01-01T00:00:00.000Z',
  bootId: 'boot-1',
  ...given,
});

it('takes the first state of all', () => {
  expect(isStale(state({ state: 'lost' }), undefined, false)).toBe(false);
});

it('takes the will of the connection that it knows', () => {
  expect(isStale(state({ state: 'lost', connection: 5 }), state({ connection: 5 }), false)).toBe(false);
});

it('passes over the will of an older connection of this boot', () => {
  expect(isStale(state({ state: 'lost', connection: 4 }), state({ connection: 5 }), false)).toBe(true);
});

it('passes over the will of the boot before', () => {
  expect(isStale(state({ state: 'lost', bootId: 'boot-0' }), state({}), false)).toBe(true);
});

it('takes a device that restarted, whatever its count of connections', () => {
  const next = state({ bootId: 'boot-2', connection: 1 });
  expect(isStale(next, state({ connection: 9 }), false)).toBe(false);
});

it('takes a loss from another boot when the device was away anyway', () => {
  expect(isStale(state({ state: 'lost', bootId: 'boot-2' }), state({ state: 'disconnected' }), false)).toBe(
    false,
  );
});

it('takes what the broker has retained as the last word', () => {
  expect(isStale(state({ state: 'lost', connection: 1 }), state({ connection: 5 }), true)).toBe(false);
});

it('takes states of agents that count no connections', () => {
  expect(isStale(state({ state: 'lost' }), state({}), false)).toBe(false);
});
