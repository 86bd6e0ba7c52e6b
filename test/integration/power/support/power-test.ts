import { Relays } from '@homeroom/controller/power/relays.ts';
import { SeatPowers } from '@homeroom/controller/power/seat-powers.ts';
import type { Relay, RelayChannel, RelayKind, SeatPower } from '@homeroom/protocol';
import type { TestDatabase } from '../../../support/postgres.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { admin, startTestFleet, type TestFleet } from '../../fleet/support/test-fleet.ts';
import { PlayedRelay } from './played-relay.ts';

/** A fleet that hears and switches relays, with what people ask of it. */
export interface TestPower extends AsyncDisposable {
  readonly test: TestFleet;
  readonly relays: Relays;
  readonly powers: SeatPowers;
  /** A seat in the first room. @returns its id */
  seat(name: string): Promise<string>;
  /** @returns a channel as soon as it is as wanted */
  channel(relay: string, until: (channel: RelayChannel) => boolean, channel?: number): Promise<RelayChannel>;
  power(seat: string, until: (power: SeatPower) => boolean): Promise<SeatPower>;
  online(relay: string): Promise<Relay>;
}

/** @param dir where certificates are, for a start after a start */
export async function startTestPower(database: TestDatabase, dir?: string): Promise<TestPower> {
  const test = await startTestFleet(database, { withPower: true, ...(dir === undefined ? {} : { dir }) });
  const { db } = database;
  const { changes, messaging, fleet } = test;
  const relays = new Relays({ db, changes, brokerCredentials: messaging.credentials });
  const powers = new SeatPowers({ db, changes, commands: messaging.commands });
  return {
    test,
    relays,
    powers,
    async seat(name) {
      const { items } = await fleet.rooms.page({ limit: 1, after: null });
      return (await fleet.rooms.createSeat(items[0]?.id ?? '', name, admin)).id;
    },
    channel: (relay, until, channel = 0) =>
      waitFor(`channel ${channel} of ${relay}`, async () => {
        const found = (await relays.get(relay))?.channels[channel];
        return found && until(found) && found;
      }),
    power: (seat, until) =>
      waitFor(`the power of ${seat}`, async () => {
        const power = await powers.of(seat);
        return power && until(power) && power;
      }),
    online: (relay) =>
      waitFor(`${relay} to be here`, async () => {
        const found = await relays.get(relay);
        return found?.online && found;
      }),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

/** Make a relay known, and play it. */
export async function playRelay(
  { relays, test }: TestPower,
  given: {
    id: string;
    kind: Exclude<RelayKind, 'device'>;
    topic?: string;
    channels?: number;
    listensTo: string[];
    will: { topic: string; payload: string };
  },
): Promise<PlayedRelay> {
  const { id, kind, topic = null, channels = 1, listensTo, will } = given;
  const made = await relays.create(
    { id, kind, topic, channels, room: null, device: null, maxStartsPerS: 20 },
    admin,
  );
  if (!made.credential) throw new Error('no credential was told');
  const relay = new PlayedRelay({ port: test.port, ...made.credential, listensTo, will });
  await relay.connect();
  return relay;
}

/** A Tasmota plug that does what it is told, as tasmota.github.io/docs/MQTT has it. */
export async function playTasmota(power: TestPower, id: string): Promise<PlayedRelay & { isOn: boolean }> {
  const will = { topic: `tele/${id}/LWT`, payload: 'Offline' };
  const relay = await playRelay(power, { id, kind: 'tasmota', topic: id, listensTo: [`cmnd/${id}/#`], will });
  const plug = Object.assign(relay, { isOn: false });
  relay.answersWith(async ({ topic, payload }) => {
    if (!topic.includes('/POWER')) return;
    if (payload !== '') plug.isOn = payload === 'ON';
    await relay.say(`stat/${id}/RESULT`, JSON.stringify({ POWER: plug.isOn ? 'ON' : 'OFF' }));
    await relay.say(`stat/${id}/POWER`, plug.isOn ? 'ON' : 'OFF');
  });
  await relay.say(will.topic, 'Online', { retain: true });
  await power.online(id);
  return plug;
}

/** A board that speaks Homeroom's own topics and does what it is told. */
export interface PlayedBoard {
  readonly relay: PlayedRelay;
  readonly isOn: boolean[];
  /** What it was told, but the time and the id. */
  told(): { channel: number; on: boolean; atMs: number }[];
  tell(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function playBoard(power: TestPower, id: string, channels = 1): Promise<PlayedBoard> {
  const made = await power.relays.create(
    { id, kind: 'board', topic: null, channels, room: null, device: null, maxStartsPerS: 20 },
    admin,
  );
  const board = boardOf({ id, channels, port: power.test.port, credential: made.credential });
  await board.relay.connect();
  await board.tell();
  await power.online(id);
  return board;
}

/** A board that is known already; it is to be connected, and to tell how it stands. */
export function boardOf(given: {
  id: string;
  channels: number;
  port: number;
  credential: Relay['credential'];
}): PlayedBoard {
  const { id, channels, port, credential } = given;
  if (!credential) throw new Error('no credential was told');
  const topic = `homeroom/v1/relay/${id}`;
  const will = { topic: `${topic}/state`, payload: JSON.stringify({ online: false, channels: [] }) };
  const relay = new PlayedRelay({ port, ...credential, listensTo: [`${topic}/command`], will });
  const isOn = Array.from({ length: channels }, () => false);
  const told: { channel: number; on: boolean; atMs: number }[] = [];
  const tell = () => {
    const since = new Date().toISOString();
    const state = { online: true, channels: isOn.map((on) => ({ on, since })) };
    return relay.say(`${topic}/state`, JSON.stringify(state), { retain: true });
  };
  relay.answersWith(async ({ payload }) => {
    const { channel, on } = JSON.parse(payload) as { channel: number; on: boolean };
    told.push({ channel, on, atMs: performance.now() });
    isOn[channel] = on;
    await tell();
  });
  return { relay, isOn, tell, told: () => told, [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose]() };
}
