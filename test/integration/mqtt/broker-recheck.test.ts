/** A credential that changed in another process is heard of late: by then the device may have signed in by the new one. */
import { CredentialAuthenticator } from '@homeroom/controller/mqtt/credential-authenticator.ts';
import { topics } from '@homeroom/protocol';
import { joinTokenSecretHash } from '@homeroom/protocol/join-token';
import mqtt from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { type EmbeddedTestBroker, startEmbedded } from './support/embedded.ts';

let hash: string | undefined;
let test: EmbeddedTestBroker;

beforeAll(async () => {
  const source = { deviceHash: async () => hash, claimHash: async () => undefined };
  test = await startEmbedded({ authenticator: new CredentialAuthenticator({ source }) });
});
afterAll(() => test?.stop());

async function connect(id: string, password: string): Promise<mqtt.MqttClient> {
  hash = joinTokenSecretHash(password);
  const options = { clientId: id, username: id, password, reconnectPeriod: 0 };
  return mqtt.connectAsync(`mqtt://127.0.0.1:${test.port}`, options, false);
}

it('keeps a device that signed in by the credential that holds now', async () => {
  const client = await connect('pi-1', 'new password');
  await test.broker.recheck('pi-1');
  await client.subscribeAsync(topics.device('pi-1', 'desired'), { qos: 1 });
  expect([client.connected, test.broker.isConnected('pi-1')]).toEqual([true, true]);
  await client.endAsync(true);
});

it.each([
  ['given anew', () => joinTokenSecretHash('another password')],
  ['withdrawn', () => undefined],
])('cuts a device off whose credential was %s', async (_what, changed) => {
  await connect('pi-2', 'old password');
  hash = changed();
  await test.broker.recheck('pi-2');
  await waitFor('it to be cut off', () => !test.broker.isConnected('pi-2'));
});
