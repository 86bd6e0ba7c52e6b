/** A start that cannot be: the message names what is taken and how to choose another. */
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Installation } from './support/installation.ts';

let homeroom: Installation;
let takers: Server[] = [];

beforeEach(async () => {
  homeroom = await Installation.prepare({ seats: 1 });
});
afterEach(async () => {
  for (const taker of takers) taker.close();
  takers = [];
  await homeroom.remove();
});

async function take(port: number): Promise<void> {
  const server = createServer();
  takers.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

it('names every port that is taken, what it is for, and the option that chooses another', async () => {
  const { http, mqtt, mqttTls } = homeroom.ports;
  for (const port of [http, mqtt, mqttTls]) await take(port);
  homeroom.launch();
  expect(await homeroom.untilEnd()).toBe(1);
  for (const [port, purpose, option] of [
    [http, 'the portal', '--port'],
    [mqtt, 'MQTT', '--mqtt-port'],
    [mqttTls, 'MQTT over TLS', '--mqtt-tls-port'],
  ]) {
    expect(homeroom.told).toContain(`Port ${port} for ${purpose} is taken`);
    expect(homeroom.told).toMatch(new RegExp(`npm start -- .*${option}[ =]\\d+`));
  }
  expect(homeroom.told).toContain('(port_in_use)');
  expect(await homeroom.processes()).toEqual([]);
});

it('tells every fault of the configuration at once', async () => {
  homeroom.launch({ HOMEROOM_LOG_LEVEL: 'loud', HOMEROOM_FIRST_PASSWORD: 'short' });
  expect(await homeroom.untilEnd()).toBe(78);
  expect(homeroom.told).toContain('HOMEROOM_LOG_LEVEL');
  expect(homeroom.told).toContain('HOMEROOM_FIRST_PASSWORD');
  expect(homeroom.told).not.toContain('short');
  expect(homeroom.told).toContain('(config_invalid)');
});
