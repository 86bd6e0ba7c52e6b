import { HomeroomError } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { Link, type LinkStatus } from './link.ts';

/** A link whose attempts are answered by `answers`, in order; after the last one nobody answers. */
function build(...answers: (FakeConnection | Error)[]) {
  const clock = new ManualClock();
  const attempts: { atMs: number; will: string }[] = [];
  const statuses: LinkStatus['state'][] = [];
  const link = new Link({
    device: 'seat-1',
    bootId: 'boot-1',
    connectionNumber: () => attempts.length + 1,
    connect: async (will) => {
      attempts.push({ atMs: clock.monotonicMs(), will: will.payload });
      const answer = answers.shift() ?? new HomeroomError('broker_unavailable');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock,
    chance: () => 1,
    log: silentLog,
  });
  link.onStatus(({ state }) => statuses.push(state));
  return { clock, attempts, statuses, link };
}

const away = () => new HomeroomError('broker_unavailable');

describe('Link', () => {
  it('subscribes, says ready and publishes what waited, and its will says lost', async () => {
    const connection = new FakeConnection();
    const { link, attempts } = build(connection);
    link.setState('hdmi', { connectors: [] });
    link.start();
    await settle();
    expect(connection.subscribed).toEqual([
      'homeroom/v1/seat-1/desired',
      'homeroom/v1/seat-1/command/+',
      'homeroom/v1/controller/state',
    ]);
    expect(connection.on('state')).toEqual([
      { state: 'ready', since: '2026-01-01T00:00:00.000Z', bootId: 'boot-1', connection: 1 },
    ]);
    expect(connection.on('hdmi')).toEqual([{ connectors: [] }]);
    expect(JSON.parse(attempts[0]?.will ?? '')).toMatchObject({ state: 'lost', connection: 1 });
    await link.stop();
  });

  it('waits longer after each failure and starts over after a success', async () => {
    const connection = new FakeConnection();
    const { link, clock, attempts } = build(away(), away(), connection);
    link.start();
    await clock.advance(1_500);
    expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 500, 1_500]);
    await clock.advance(10_000);
    connection.break();
    await clock.advance(500);
    expect(attempts.at(-1)?.atMs).toBe(12_000);
    await link.stop();
  });

  it('waits longer also when each connection is cut off soon, as by a second machine of its identity', async () => {
    const connections = Array.from({ length: 4 }, () => new FakeConnection());
    const { link, clock, attempts } = build(...connections);
    link.start();
    for (const [index, connection] of connections.entries()) {
      await settle();
      connection.break();
      await clock.advance(500 * 2 ** index);
    }
    expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 500, 1_500, 3_500, 7_500]);
    await link.stop();
  });

  it('does not hammer a controller that refuses it', async () => {
    const { link, clock, attempts, statuses } = build(new HomeroomError('device_revoked'));
    link.start();
    await clock.advance(19_999);
    expect(attempts).toHaveLength(1);
    expect(statuses.at(-1)).toBe('refused');
    await clock.advance(1);
    expect(attempts).toHaveLength(2);
    await link.stop();
  });

  it('publishes everything retained again on the next connection, the latest of each', async () => {
    const first = new FakeConnection();
    const second = new FakeConnection();
    const { link, clock } = build(first, second);
    link.setState('hdmi', 1);
    link.start();
    await settle();
    first.break();
    await settle();
    link.setState('hdmi', 2);
    await clock.advance(500);
    expect(second.on('hdmi')).toEqual([2]);
    expect(second.on('state')).toMatchObject([{ state: 'ready', connection: 2 }]);
    await link.stop();
  });

  it('sends again what the broker did not take', async () => {
    const first = new FakeConnection();
    const second = new FakeConnection();
    const { link, clock } = build(first, second);
    first.onPublish = ({ topic }) => {
      if (topic.endsWith('/result/identify')) throw new HomeroomError('broker_unavailable');
    };
    link.start();
    await settle();
    link.sendResult('identify', { id: 'command-1', status: 'succeeded' });
    await clock.advance(500);
    expect(first.isOpen).toBe(false);
    expect(second.on('result/identify')).toEqual([{ id: 'command-1', status: 'succeeded' }]);
    await link.stop();
  });

  it('says with its last word, and with no other, why it goes', async () => {
    const connection = new FakeConnection();
    const { link } = build(connection);
    link.leaveFor('shutdown');
    link.start();
    await settle();
    await link.stop();
    expect(connection.on('state')).toMatchObject([
      { state: 'ready' },
      { state: 'disconnected', reason: 'shutdown' },
    ]);
    expect(connection.on('state')[0]).not.toHaveProperty('reason');
  });

  it('says disconnected before it ends, and leaves no timer behind', async () => {
    const connection = new FakeConnection();
    const { link, clock, statuses } = build(connection);
    link.start();
    await settle();
    await link.stop();
    expect(connection.on('state').at(-1)).toMatchObject({ state: 'disconnected', connection: 1 });
    expect(connection.isOpen).toBe(false);
    expect(statuses.at(-1)).toBe('stopped');
    expect(clock.waiting).toBe(0);
  });

  it('ends at once while it waits for the next attempt', async () => {
    const { link, clock } = build(away());
    link.start();
    await settle();
    await link.stop();
    expect(clock.waiting).toBe(0);
  });

  it('hands messages on, and can be asked to publish afresh', async () => {
    const connection = new FakeConnection();
    const { link } = build(connection);
    const heard: string[] = [];
    link.onMessage(({ topic }) => heard.push(topic));
    link.setState('hdmi', 1);
    link.start();
    await settle();
    connection.deliver('homeroom/v1/seat-1/desired', {});
    expect(heard).toEqual(['homeroom/v1/seat-1/desired']);
    link.publishAfresh();
    await settle();
    expect(connection.on('hdmi')).toEqual([1, 1]);
    await link.stop();
  });
});
