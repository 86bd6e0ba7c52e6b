import { expect, it } from 'vitest';
import { RetainedMessages } from './retained-messages.ts';

function filled(): RetainedMessages<string> {
  const retained = new RetainedMessages<string>();
  for (const topic of ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-1/hdmi', 'homeroom/v1/pi-2/state', 'other'])
    retained.set(topic, topic);
  return retained;
}

it.each([
  ['homeroom/v1/pi-1/state', ['homeroom/v1/pi-1/state']],
  ['homeroom/v1/pi-1/+', ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-1/hdmi']],
  ['homeroom/v1/pi-1/#', ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-1/hdmi']],
  ['homeroom/v1/+/state', ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-2/state']],
  ['homeroom/#', ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-1/hdmi', 'homeroom/v1/pi-2/state']],
  ['homeroom/v1/#', ['homeroom/v1/pi-1/state', 'homeroom/v1/pi-1/hdmi', 'homeroom/v1/pi-2/state']],
  ['+', ['other']],
  ['homeroom/v1/pi-3/state', []],
  ['homeroom/v1/pi-1/command/+', []],
])('finds what %s selects', (filter, expected) => {
  expect(filled().select(filter).toSorted()).toEqual(expected.toSorted());
});

it('keeps the last message of a topic', () => {
  const retained = filled();
  retained.set('other', 'newer');
  expect(retained.select('other')).toEqual(['newer']);
  expect(retained.size).toBe(4);
});

it('forgets a deleted one, and a topic that it never had', () => {
  const retained = filled();
  retained.delete('homeroom/v1/pi-2/state');
  retained.delete('homeroom/v1/pi-9/state');
  expect(retained.size).toBe(3);
  expect(retained.select('homeroom/v1/pi-2/state')).toEqual([]);
});

it('selects the parent of a multi-level wildcard too', () => {
  const retained = new RetainedMessages<number>();
  retained.set('homeroom/v1/pi-1', 1);
  expect(retained.select('homeroom/v1/pi-1/#')).toEqual([1]);
});
