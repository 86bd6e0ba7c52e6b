import { decodeValue, HomeroomError, relays } from '@homeroom/protocol/wire';
import { expect, test } from 'vitest';
import type { GpioDriver, GpioLine, GpioOutput } from '../gpio/gpio-driver.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { GpioRelays } from './gpio-relays.ts';

class FakeDriver implements GpioDriver {
  readonly name = 'libgpiod';
  readonly log: string[] = [];
  readonly losers = new Map<number, (reason: string) => void>();
  readonly broken = new Set<number>();

  async open({ line }: GpioLine): Promise<GpioOutput> {
    if (this.broken.has(line)) throw new HomeroomError('hardware_failed', `line ${line} is busy`);
    this.log.push(`open ${line}`);
    return {
      set: async (active) => {
        if (this.broken.has(line)) throw new HomeroomError('hardware_failed', `line ${line} is stuck`);
        this.log.push(`${line}=${active ? 1 : 0}`);
      },
      onLost: (listener) => void this.losers.set(line, listener),
      close: async () => void this.log.push(`close ${line}`),
    };
  }
}

function board() {
  const driver = new FakeDriver();
  const clock = new ManualClock();
  const port = new GpioRelays({
    driver,
    clock,
    wiring: [
      { name: 'Screen', line: 17, activeLow: true },
      { name: 'Lamp', line: 27, activeLow: true },
    ],
  });
  return { driver, clock, port };
}

test('every channel is taken, off, at the start and let go at the stop', async () => {
  const { driver, port } = board();
  await port.start();
  expect(driver.log).toEqual(['open 17', 'open 27']);
  const state = await port.read();
  expect(decodeValue(relays, state)).toMatchObject({ ok: true });
  expect(state.channels.map(({ name, on }) => [name, on])).toEqual([
    ['Screen', false],
    ['Lamp', false],
  ]);
  await port.stop();
  await port.stop();
  expect(driver.log.slice(2)).toEqual(['close 17', 'close 27']);
});

test('the first state is told once, when every channel is taken', async () => {
  const { port } = board();
  const told: unknown[] = [];
  port.onChange(({ channels }) => told.push(channels.map(({ on }) => on)));
  await port.start();
  expect(told).toEqual([[false, false]]);
});

test('a change drives its line, stamps its time and is told; the same again is nothing', async () => {
  const { driver, clock, port } = board();
  await port.start();
  const told: unknown[] = [];
  port.onChange(({ channels }) => told.push(channels[1]));
  await clock.advance(5_000);
  await port.set(1, true);
  await port.set(1, true);
  expect(driver.log.slice(2)).toEqual(['27=1']);
  expect(told).toEqual([{ channel: 1, name: 'Lamp', on: true, since: '2026-11-20T08:00:05.000Z' }]);
});

test('changes of one channel happen in the order asked', async () => {
  const { driver, port } = board();
  await port.start();
  await Promise.all([port.set(0, true), port.set(0, false), port.set(0, true)]);
  expect(driver.log.slice(2)).toEqual(['17=1', '17=0', '17=1']);
});

test('a line that cannot be taken is told and keeps nobody else from working', async () => {
  const { driver, port } = board();
  driver.broken.add(17);
  await port.start();
  await port.set(1, true);
  const { channels } = await port.read();
  expect(channels[0]).toMatchObject({
    on: null,
    error: { code: 'hardware_failed', message: 'line 17 is busy' },
  });
  expect(channels[1]).toMatchObject({ on: true });
});

test('a line that failed works again once it can', async () => {
  const { driver, port } = board();
  driver.broken.add(17);
  await port.start();
  await expect(port.set(0, true)).rejects.toMatchObject({ code: 'hardware_failed' });
  driver.broken.clear();
  await port.set(0, true);
  const [channel] = (await port.read()).channels;
  expect(channel).toMatchObject({ on: true });
  expect(channel).not.toHaveProperty('error');
});

test('a line that was lost is unknown, and taken again by the next change', async () => {
  const { driver, port } = board();
  await port.start();
  await port.set(0, true);
  driver.losers.get(17)?.('gpioset ended with SIGKILL');
  expect((await port.read()).channels[0]).toMatchObject({
    on: null,
    error: { message: 'gpioset ended with SIGKILL' },
  });
  await port.set(0, true);
  expect(driver.log.slice(-2)).toEqual(['open 17', '17=1']);
});

test('a channel that is not there is absent', async () => {
  await expect(board().port.set(2, true)).rejects.toMatchObject({ code: 'hardware_absent' });
});
