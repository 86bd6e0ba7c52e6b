import { messages, topics } from '@homeroom/protocol';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type InboundMessage, InboundMessages } from './inbound-messages.ts';

function setUp() {
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const clock = { nowMs: 0 };
  const inbound = new InboundMessages({ logger, nowMs: () => clock.nowMs });
  const taken: InboundMessage[] = [];
  inbound.subscribe((message) => taken.push(message));
  const receive = (topic: string, payload: unknown, isReplay = false) =>
    inbound.receive(
      topic,
      Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
      isReplay,
    );
  return { inbound, taken, receive, lines, clock };
}

const state = { state: 'ready', since: '2026-01-01T00:00:00.000Z', bootId: 'b1' };

it('hands on a good message with its kind and parts', () => {
  const { inbound, taken, receive } = setUp();
  receive(topics.device('pi-1', 'state'), state, true);
  expect(taken).toEqual([
    {
      topic: 'homeroom/v1/pi-1/state',
      parsed: { kind: 'device', device: 'pi-1', leaf: 'state' },
      kind: 'state',
      value: state,
      isReplay: true,
    },
  ]);
  expect(inbound.counters).toEqual({ taken: 1, dropped: {} });
});

it('counts what it drops by reason', () => {
  const { inbound, taken, receive } = setUp();
  receive('else/where', state);
  receive(topics.device('pi-1', 'state'), '{"state":');
  receive(topics.device('pi-1', 'state'), { ...state, state: 'dancing' });
  receive(topics.device('pi-1', 'state'), { ...state, filler: 'x'.repeat(messages.state.maxBytes) });
  expect(taken).toEqual([]);
  expect(inbound.counters.dropped).toEqual({
    topic_unknown: 1,
    payload_not_json: 1,
    payload_invalid: 1,
    payload_too_large: 1,
  });
});

it('says what was wrong once a minute for each topic', () => {
  const { receive, lines, clock } = setUp();
  for (let i = 0; i < 5; i += 1) receive(topics.device('pi-1', 'state'), {});
  receive(topics.device('pi-2', 'state'), {});
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('payload_invalid');
  clock.nowMs = 60_001;
  receive(topics.device('pi-1', 'state'), {});
  expect(lines).toHaveLength(3);
});

it('passes over the clearing of a retained message', () => {
  const { inbound, taken, receive } = setUp();
  receive(topics.device('pi-1', 'state'), '');
  expect(taken).toEqual([]);
  expect(inbound.counters).toEqual({ taken: 0, dropped: {} });
});

it('stops telling who has left', () => {
  const { inbound, receive } = setUp();
  const heard: unknown[] = [];
  const leave = inbound.subscribe((message) => heard.push(message));
  leave();
  receive(topics.device('pi-1', 'state'), state);
  expect(heard).toEqual([]);
});

it('tells of what it drops for its content, with the topic’s parts', () => {
  const { inbound, receive } = setUp();
  const dropped: unknown[] = [];
  inbound.onDropped((one) => dropped.push(one));
  receive('else/where', state);
  receive(topics.device('pi-1', 'state'), '{"state":');
  expect(dropped).toEqual([
    {
      topic: 'homeroom/v1/pi-1/state',
      parsed: { kind: 'device', device: 'pi-1', leaf: 'state' },
      code: 'payload_not_json',
    },
  ]);
});

it('goes on after a listener that throws, and says so', () => {
  const { inbound, taken, receive, lines } = setUp();
  const later: unknown[] = [];
  inbound.subscribe(() => {
    throw new Error('a fault of ours');
  });
  inbound.subscribe((message) => later.push(message));
  receive(topics.device('pi-1', 'state'), state);
  expect(taken).toHaveLength(1);
  expect(later).toHaveLength(1);
  expect(lines.join()).toContain('a fault of ours');
});

it('outlives an async listener that fails later, and says so', async () => {
  const { inbound, receive, lines } = setUp();
  inbound.subscribe(async () => {
    await Promise.resolve();
    throw new Error('a later fault of ours');
  });
  receive(topics.device('pi-1', 'state'), state);
  await expect.poll(() => lines.join()).toContain('a later fault of ours');
});
