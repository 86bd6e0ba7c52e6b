import type { Change } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { decodeChanges, encodeChanges } from './change-batch.ts';

const change = (id: string): Change => ({ kind: 'session', id });

it('says nothing of nothing', () => {
  expect(encodeChanges('here', [])).toEqual([]);
});

it('comes out of others as it went in, and is passed over by its own', () => {
  const changes = [change('a'), change('b')];
  const [payload = ''] = encodeChanges('here', changes);
  expect(decodeChanges('there', payload)).toEqual(changes);
  expect(decodeChanges('here', payload)).toEqual([]);
});

it('splits what does not fit into one notification, in order and with none lost', () => {
  const changes = Array.from({ length: 1_000 }, (_, index) => change(`${index}-é`.padStart(40, '0')));
  const payloads = encodeChanges('here', changes);
  expect(payloads.length).toBeGreaterThan(5);
  expect(Math.max(...payloads.map((payload) => Buffer.byteLength(payload)))).toBeLessThan(8_000);
  expect(payloads.flatMap((payload) => decodeChanges('there', payload))).toEqual(changes);
});

it.each(['', 'no json', '{"from":"x"}', '{"from":"x","changes":[{"kind":"nothing","id":"a"}]}'])(
  'passes over what it does not understand: %s',
  (payload) => {
    expect(decodeChanges('here', payload)).toEqual([]);
  },
);
