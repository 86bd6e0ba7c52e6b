import { expect, test } from 'vitest';
import { Metrics } from './metrics.ts';

test('relayed bytes are told by direction, however often somebody looks', async () => {
  const metrics = new Metrics();
  const gateway = metrics.gateway();
  gateway.bytes('to-browser', 1_000);
  gateway.bytes('to-browser', 24);
  gateway.bytes('to-desktop', 7);

  await bytesOf(metrics);

  expect(await bytesOf(metrics)).toEqual([
    { labels: { direction: 'to-browser' }, value: 1_024 },
    { labels: { direction: 'to-desktop' }, value: 7 },
  ]);
});

test('before the first stream no bytes were relayed', async () => {
  expect(await bytesOf(new Metrics())).toEqual([
    { labels: { direction: 'to-browser' }, value: 0 },
    { labels: { direction: 'to-desktop' }, value: 0 },
  ]);
});

async function bytesOf({ registry }: Metrics) {
  const found = await registry.getSingleMetric('homeroom_gateway_bytes_total')?.get();
  return found?.values;
}
