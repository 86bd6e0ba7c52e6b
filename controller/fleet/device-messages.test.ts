import { type DeviceState, type Health, parseTopic, topics } from '@homeroom/protocol';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AlertBook } from './alert-book.ts';
import { DeviceAlerts } from './device-alerts.ts';
import { DeviceMessages } from './device-messages.ts';
import { IdentityWatch } from './identity-watch.ts';
import { Presence } from './presence.ts';

const now = new Date('2026-01-01T12:00:00.000Z');

function setUp() {
  const stored: string[] = [];
  const published: { topic: string; payload: unknown }[] = [];
  const left: string[] = [];
  const enrolling: string[] = [];
  const used: string[] = [];
  const book = new AlertBook();
  const presence = new Presence();
  const store = {
    put: (device: string, leaf: string) => void stored.push(`${device} ${leaf}`),
    putAlerts: () => undefined,
  };
  const nowMs = () => now.getTime();
  const messages = new DeviceMessages({
    presence,
    store,
    alerts: new DeviceAlerts({ book, store, now: () => now }),
    identities: new IdentityWatch({ nowMs }),
    enrolments: { handle: (nonce) => new Promise(() => void enrolling.push(nonce)) },
    messaging: {
      publisher: { publish: async (topic, payload) => void published.push({ topic, payload }) },
      deviceLeft: (device) => void left.push(device),
    },
    seatUsed: async (device, at) => void used.push(`${device} ${at.toISOString()}`),
    logger: pino({ level: 'silent' }),
    nowMs,
  });
  const say = (topic: string, value: unknown, isReplay = false) => {
    const parsed = parseTopic(topic);
    if (!parsed) throw new Error(`no topic of ours: ${topic}`);
    messages.handle({ parsed, value, isReplay });
  };
  return { say, stored, published, left, enrolling, used, book, presence };
}

const state = (word: DeviceState['state'], given: Partial<DeviceState> = {}): DeviceState => ({
  state: word,
  since: now.toISOString(),
  bootId: 'boot-1',
  ...given,
});
const stateTopic = topics.device('pi-1', 'state');

it('keeps what a device says', () => {
  const { say, stored, presence } = setUp();
  say(stateTopic, state('ready'));
  say(topics.device('pi-1', 'hdmi'), { connectors: [] });
  expect(stored).toEqual(['pi-1 state', 'pi-1 hdmi']);
  expect(presence.isConnected('pi-1')).toBe(true);
});

it('ends the waits for a device that leaves', () => {
  const { say, left } = setUp();
  say(stateTopic, state('ready'));
  say(stateTopic, state('disconnected'));
  expect(left).toEqual(['pi-1']);
});

it('passes over a late will, and puts right what the broker has retained', () => {
  const { say, stored, published, left } = setUp();
  const ready = state('ready', { connection: 2 });
  say(stateTopic, ready);
  say(stateTopic, state('lost', { connection: 1 }));
  expect(stored).toEqual(['pi-1 state']);
  expect(left).toEqual([]);
  expect(published).toEqual([{ topic: stateTopic, payload: ready }]);
});

it('judges health when it comes, not when it is replayed', () => {
  const { say, book } = setUp();
  const hot = { at: now.toISOString(), temperatureC: 90, diskErrors: null, diskFreeMiB: null } as Health;
  say(topics.device('pi-1', 'health'), hot, true);
  expect(book.codes('pi-1')).toEqual(new Set());
  say(topics.device('pi-1', 'health'), hot);
  expect(book.codes('pi-1')).toEqual(new Set(['hot']));
});

it('raises an alert when two machines take turns', () => {
  const { say, book } = setUp();
  for (const bootId of ['A', 'B', 'A']) {
    say(stateTopic, state('ready', { bootId }));
    say(topics.device('pi-1', 'info'), { fingerprint: bootId, addresses: [`10.0.0.${bootId}`] });
  }
  expect(book.codes('pi-1')).toEqual(new Set(['identity_conflict']));
});

it('raises none when one machine comes back and back', () => {
  const { say, book } = setUp();
  for (let connection = 0; connection < 10; connection += 1) say(stateTopic, state('ready', { connection }));
  expect(book.codes('pi-1')).toEqual(new Set());
});

it('raises an alert when a device says that its disk is full', () => {
  const { say, book } = setUp();
  say(topics.event('pi-1', 'disk.full'), { id: 'event-id-1', at: now.toISOString(), message: '/ has 0 MiB' });
  expect(book.codes('pi-1')).toEqual(new Set(['disk_full']));
});

it('hands enrolments on, so many at once and no more', () => {
  const { say, enrolling } = setUp();
  for (let index = 0; index < 300; index += 1)
    say(topics.enrolRequest(`nonce${String(index).padStart(12, '0')}`), {});
  expect(enrolling).toHaveLength(200);
});

it('tells that a seat is used, by what its device knows, and nothing by what was retained', () => {
  const { say, used } = setUp();
  const topic = topics.device('pi-1', 'input');
  say(topic, { devices: [], lastUsedAt: '2026-01-01T11:00:00.000Z' }, true);
  say(topic, { devices: [] });
  expect(used).toEqual([]);
  say(topic, { devices: [], lastUsedAt: '2026-01-01T11:59:30.000Z' });
  expect(used).toEqual(['pi-1 2026-01-01T11:59:30.000Z']);
});
