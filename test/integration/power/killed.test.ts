/** The controller is killed while it changes the power of a seat, at whatever line it is; the board stays. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Relay, SeatPower } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Browser } from '../controller/support/browser.ts';
import { ControllerFolder } from '../controller/support/controller-process.ts';
import { boardOf, type PlayedBoard } from './support/power-test.ts';

const timeoutMs = 240_000;
/** From the answer to the request until the end of the process. */
const lives = [0, 5, 15, 40];

let folder: ControllerFolder;
let board: PlayedBoard;
let mqttPort: number;
let browser: Browser;

/** Begin again after whatever end, with the board that stood all the time. */
async function start(): Promise<void> {
  const { httpPort } = await folder.start({ HOMEROOM_MQTT_PORT: String(mqttPort) }).untilReady();
  browser = await Browser.signIn(`http://127.0.0.1:${httpPort}`, 'admin', 'first password');
}

const relay = (): Promise<Relay> => browser.ask('GET', '/relays/strip-1');
const isHere = () => waitFor('the board to be here', async () => (await relay()).online);

beforeAll(async () => {
  folder = await ControllerFolder.make();
  mqttPort = await freePort();
  await start();
  const { credential } = await browser.ask('POST', '/relays', { id: 'strip-1', kind: 'board', channels: 2 });
  board = boardOf({ id: 'strip-1', channels: 2, port: mqttPort, credential });
  await board.relay.connect();
  await board.tell();
  await isHere();
});
afterAll(async () => {
  await board?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

it('goes on with what was asked for, and with nothing else', { timeout: timeoutMs }, async () => {
  const room: string = (await browser.ask('GET', '/rooms')).items[0].id;
  const seat: string = (await browser.ask('POST', `/rooms/${room}/seats`, { name: 'Seat 1' })).id;
  await browser.ask('PUT', '/relays/strip-1/channels/0', { load: 'seat', seat, minimumOffS: 0 });
  let on = false;
  for (const lifeMs of lives) {
    on = !on;
    const told = board.told().length;
    await browser.ask('POST', `/seats/${seat}/power`, { action: on ? 'on' : 'off' });
    await sleep(lifeMs);
    await folder.killAll();
    await start();
    await board.relay.vanish();
    await board.relay.connect();
    await board.tell();
    const power: SeatPower = await waitFor('the end of the change', async () => {
      const seen: SeatPower = await browser.ask('GET', `/seats/${seat}/power`);
      return seen.relay?.on === on && seen.waitsFor === null && seen;
    });
    expect(power).toMatchObject({ wanted: on ? 'on' : 'off', fault: null, override: null });
    expect(board.isOn[0]).toBe(on);
    // Repeated, perhaps; the other way, never.
    expect(
      new Set(
        board
          .told()
          .slice(told)
          .map((command) => command.on),
      ),
    ).toEqual(new Set([on]));
  }
});

it('switches nothing when it comes back to a board that stands otherwise', {
  timeout: timeoutMs,
}, async () => {
  await folder.killAll();
  board.isOn[0] = !board.isOn[0];
  const told = board.told().length;
  await start();
  await board.relay.vanish();
  await board.relay.connect();
  await board.tell();
  await waitFor('what it says', async () => {
    const [channel] = (await relay()).channels;
    return channel?.on === board.isOn[0];
  });
  // Whatever was to be sent went before this.
  await browser.ask('POST', '/relays/strip-1/channels/1/switch', { on: true });
  await waitFor('the other channel', () => board.isOn[1]);
  expect(
    board
      .told()
      .slice(told)
      .map(({ channel }) => channel),
  ).toEqual([1]);
});
