import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';

const leavesOf = (outbox: Outbox) =>
  outbox.take(100).map(({ topic, payload }) => `${topic.split('/').at(-1)} ${payload}`);

describe('Outbox', () => {
  it('keeps only the latest payload of each retained topic', () => {
    const outbox = new Outbox('seat-1');
    outbox.setState('hdmi', { version: 1 });
    outbox.setState('hdmi', { version: 2 });
    outbox.setState('cec', { version: 1 });
    expect(outbox.take(100)).toEqual([
      { topic: 'homeroom/v1/seat-1/hdmi', payload: '{"version":2}', qos: 1, retain: true, ticket: 2 },
      { topic: 'homeroom/v1/seat-1/cec', payload: '{"version":1}', qos: 1, retain: true, ticket: 3 },
    ]);
    expect(outbox.take(100)).toEqual([]);
  });

  it('publishes health at most once', () => {
    const outbox = new Outbox('seat-1');
    outbox.setState('health', {});
    expect(outbox.take(1)[0]?.qos).toBe(0);
  });

  it('gives everything retained again when asked, but nothing that was said once', () => {
    const outbox = new Outbox('seat-1');
    outbox.setState('hdmi', 1);
    outbox.push('event', 'hdmi.connected', 2);
    for (const outgoing of outbox.take(100)) outbox.published(outgoing);
    outbox.markAllDirty();
    expect(leavesOf(outbox)).toEqual(['hdmi 1']);
  });

  it('gives what failed again, in its old order', () => {
    const outbox = new Outbox('seat-1');
    outbox.push('event', 'a', 1);
    outbox.push('event', 'b', 2);
    const [first, second] = outbox.take(100);
    outbox.push('event', 'c', 3);
    if (second) outbox.failed(second);
    if (first) outbox.failed(first);
    expect(leavesOf(outbox)).toEqual(['a 1', 'b 2', 'c 3']);
  });

  it('forgets a failed state that a newer one has replaced', () => {
    const outbox = new Outbox('seat-1');
    outbox.setState('hdmi', 1);
    const [old] = outbox.take(1);
    outbox.setState('hdmi', 2);
    if (old) outbox.failed(old);
    expect(leavesOf(outbox)).toEqual(['hdmi 2']);
    expect(leavesOf(outbox)).toEqual([]);
  });

  it('drops the oldest events first when it is full, results last', () => {
    const outbox = new Outbox('seat-1', 3);
    outbox.push('result', 'identify', 1);
    outbox.push('event', 'a', 2);
    outbox.push('event', 'b', 3);
    outbox.push('result', 'reboot', 4);
    expect(leavesOf(outbox)).toEqual(['identify 1', 'b 3', 'reboot 4']);
  });

  it('bounds a batch', () => {
    const outbox = new Outbox('seat-1');
    outbox.setState('hdmi', 1);
    outbox.push('event', 'a', 2);
    expect(outbox.take(1)).toHaveLength(1);
    expect(outbox.take(1)).toHaveLength(1);
    expect(outbox.take(1)).toHaveLength(0);
  });
});
