/**
 * Many devices in one process of their own, so that their work does not slow the broker under test.
 * Arguments: port, how many, connection number. Says `ready` to its parent when all have said so to the broker.
 */
import { topics } from '@homeroom/protocol';
import mqtt from 'mqtt';

const [port = '', count = '0', connection = '0'] = process.argv.slice(2);
/** A classroom does not come up in one packet. */
const atOnce = 100;

function stateOf(state: string): string {
  return JSON.stringify({
    state,
    since: new Date().toISOString(),
    bootId: 'boot-of-the-swarm',
    connection: Number(connection),
  });
}

async function connectDevice(id: string): Promise<void> {
  const topic = topics.device(id, 'state');
  const will = { topic, payload: Buffer.from(stateOf('lost')), qos: 1 as const, retain: true };
  const client = await mqtt.connectAsync(
    `mqtt://127.0.0.1:${port}`,
    {
      clientId: id,
      username: id,
      password: `password of ${id}`,
      reconnectPeriod: 0,
      connectTimeout: 30_000,
      will,
    },
    false,
  );
  await client.subscribeAsync([topics.command(id, '+'), topics.device(id, 'desired')], { qos: 1 });
  await client.publishAsync(topic, stateOf('ready'), { qos: 1, retain: true });
}

const ids = Array.from({ length: Number(count) }, (_, index) => `swarm-${index}`);
for (let at = 0; at < ids.length; at += atOnce)
  await Promise.all(ids.slice(at, at + atOnce).map(connectDevice));
process.send?.('ready');
