import type { DeviceState } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { Presence, silentAfterMs } from './presence.ts';

const state = (word: DeviceState['state'], connection = 1): DeviceState => ({
  state: word,
  since: '2026-01-01T00:00:00.000Z',
  bootId: 'boot',
  connection,
});
const live = (nowMs: number) => ({ isReplay: false, nowMs });

it('knows nobody at first', () => {
  const presence = new Presence();
  expect(presence.isConnected('pi-1')).toBe(false);
  expect(presence.counts()).toEqual({ ready: 0, disconnected: 0, lost: 0 });
});

it('follows a device’s states', () => {
  const presence = new Presence();
  expect(presence.accept('pi-1', state('ready'), live(0))).toBe(true);
  expect(presence.isConnected('pi-1')).toBe(true);
  presence.accept('pi-1', state('lost'), live(1));
  expect(presence.isConnected('pi-1')).toBe(false);
  expect(presence.counts()).toEqual({ ready: 0, disconnected: 0, lost: 1 });
});

it('does not take the will of an older connection', () => {
  const presence = new Presence();
  presence.accept('pi-1', state('ready', 2), live(0));
  expect(presence.accept('pi-1', state('lost', 1), live(1))).toBe(false);
  expect(presence.isConnected('pi-1')).toBe(true);
});

it('judges a device silent that says nothing any more, and not one that does', () => {
  const presence = new Presence();
  presence.accept('pi-1', state('ready'), live(0));
  presence.accept('pi-2', state('ready'), live(0));
  presence.accept('pi-3', state('disconnected'), live(0));
  presence.heard('pi-2', silentAfterMs);
  expect(presence.silent(silentAfterMs)).toEqual([]);
  expect(presence.silent(silentAfterMs + 1)).toEqual([{ device: 'pi-1', state: state('ready') }]);
});

it('gives what was restored its whole time', () => {
  const presence = new Presence();
  presence.restore('pi-1', state('ready'), 1_000_000);
  expect(presence.isConnected('pi-1')).toBe(true);
  expect(presence.silent(1_000_000 + silentAfterMs)).toEqual([]);
});

it('forgets a device that was removed', () => {
  const presence = new Presence();
  presence.accept('pi-1', state('ready'), live(0));
  presence.forget('pi-1');
  expect(presence.stateOf('pi-1')).toBeUndefined();
});
