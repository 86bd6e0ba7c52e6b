import type { CommandName } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import type { DeviceCommands } from './ports.ts';
import { Snapshots } from './snapshots.ts';

function setUp() {
  const clock = { nowMs: 0 };
  const asked: { device: string; name: CommandName; args: unknown; settle: PromiseWithResolvers<unknown> }[] =
    [];
  const commands: DeviceCommands = {
    send(device: string, name: CommandName, args: unknown) {
      const settle = Promise.withResolvers<unknown>();
      asked.push({ device, name, args, settle });
      return settle.promise as Promise<never>;
    },
  };
  const picture = (text: string) => ({
    mediaType: 'image/jpeg',
    base64: Buffer.from(text).toString('base64'),
    takenAt: '2026-01-01T00:00:00.000Z',
  });
  const take = (index: number, text: string) => asked[index]?.settle.resolve(picture(text));
  return { snapshots: new Snapshots({ commands, nowMs: () => clock.nowMs }), asked, take, clock };
}

it('takes one picture for all who look at once', async () => {
  const { snapshots, asked, take } = setUp();
  const looks = [snapshots.get('pi-1'), snapshots.get('pi-1'), snapshots.get('pi-1')];
  take(0, 'one');
  expect((await Promise.all(looks)).map(({ jpeg }) => jpeg.toString())).toEqual(['one', 'one', 'one']);
  expect(asked.map(({ device, name }) => [device, name])).toEqual([['pi-1', 'screenshot']]);
});

it('takes no second one within a second, and one after that', async () => {
  const { snapshots, asked, take, clock } = setUp();
  const first = snapshots.get('pi-1');
  take(0, 'one');
  await first;
  clock.nowMs = 999;
  expect((await snapshots.get('pi-1')).jpeg.toString()).toBe('one');
  clock.nowMs = 1_000;
  const second = snapshots.get('pi-1');
  take(1, 'two');
  expect((await second).jpeg.toString()).toBe('two');
  expect(asked).toHaveLength(2);
});

it('asks a slow device only once', async () => {
  const { snapshots, asked, take, clock } = setUp();
  const first = snapshots.get('pi-1');
  clock.nowMs = 5_000;
  const second = snapshots.get('pi-1');
  take(0, 'slow');
  expect(await second).toBe(await first);
  expect(asked).toHaveLength(1);
});

it('keeps devices apart', () => {
  const { snapshots, asked } = setUp();
  void snapshots.get('pi-1');
  void snapshots.get('pi-2');
  expect(asked.map(({ device }) => device)).toEqual(['pi-1', 'pi-2']);
});

it('tells why there is no picture, and asks again after a second', async () => {
  const { snapshots, asked, clock } = setUp();
  const first = snapshots.get('pi-1');
  asked[0]?.settle.reject(new Error('no browser'));
  await expect(first).rejects.toThrow('no browser');
  await expect(snapshots.get('pi-1')).rejects.toThrow('no browser');
  clock.nowMs = 1_000;
  void snapshots.get('pi-1');
  expect(asked).toHaveLength(2);
});

it('asks for a picture of which thirty a second fit into 5 Mbit/s', () => {
  const { snapshots, asked } = setUp();
  void snapshots.get('pi-1');
  const maxBytes = Object(asked[0]?.args).maxBytes as number;
  const aroundItBytes = 1_000;
  expect((30 * (maxBytes + aroundItBytes) * 8) / 1_000_000).toBeLessThanOrEqual(5);
});

it('marks the same picture alike, and another one differently', async () => {
  const { snapshots, asked, take, clock } = setUp();
  const etags: string[] = [];
  for (const [index, text] of ['still', 'still', 'moved'].entries()) {
    clock.nowMs = index * 1_000;
    const picture = snapshots.get('pi-1');
    take(index, text);
    etags.push((await picture).etag);
  }
  expect(asked).toHaveLength(3);
  expect(etags[1]).toBe(etags[0]);
  expect(etags[2]).not.toBe(etags[1]);
});
