import type { DeviceState } from '@homeroom/protocol';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Presence, silentAfterMs } from './presence.ts';
import { SilenceSweeper } from './silence-sweeper.ts';

const ready: DeviceState = {
  state: 'ready',
  since: '2026-01-01T00:00:00.000Z',
  bootId: 'boot',
  connection: 3,
};

it('says for all to hear that a silent device is lost, once it has been silent for long enough', () => {
  const published: unknown[] = [];
  const clock = { nowMs: 0 };
  const presence = new Presence();
  presence.accept('pi-1', ready, { isReplay: false, nowMs: 0 });
  const sweeper = new SilenceSweeper({
    presence,
    publisher: {
      publish: async (topic, payload, options) => void published.push({ topic, payload, ...options }),
    },
    logger: pino({ level: 'silent' }),
    now: () => new Date(clock.nowMs),
  });
  clock.nowMs = silentAfterMs;
  sweeper.sweep();
  expect(published).toEqual([]);
  clock.nowMs += 1;
  sweeper.sweep();
  expect(published).toEqual([
    {
      topic: 'homeroom/v1/pi-1/state',
      payload: { ...ready, state: 'lost', since: '1970-01-01T00:01:40.001Z' },
      retain: true,
    },
  ]);
});
