import { randomBytes } from 'node:crypto';
import { type EnrolReply, type EnrolRequest, topics } from '@homeroom/protocol';
import {
  joinTokenId,
  joinTokenProof,
  joinTokenSecretHash,
  openClaimPassword,
  parseJoinToken,
} from '@homeroom/protocol/join-token';
import mqtt from 'mqtt';
import { waitFor } from '../../../support/wait-for.ts';
import { infoOf } from './fake-agent.ts';
import { admin, type TestFleet } from './test-fleet.ts';

export interface Claim {
  /** The whole join token; none when absent. */
  readonly token?: string;
  readonly nonce?: string;
  readonly request?: Partial<EnrolRequest>;
  /** Told of each reply as it comes. */
  readonly onReply?: (reply: EnrolReply) => void;
}

/** Ask to be enrolled as a device does, over MQTT. @returns the reply that ends it; `pending` ones are passed on */
export async function claim(port: number, device: string, given: Claim = {}): Promise<EnrolReply> {
  const { nonce = randomBytes(12).toString('hex'), onReply } = given;
  const secret = given.token === undefined ? undefined : parseJoinToken(given.token)?.secret;
  const client = await mqtt.connectAsync(
    `mqtt://127.0.0.1:${port}`,
    {
      clientId: `enrol-${nonce}`,
      username: secret === undefined ? 'claim' : `claim-${joinTokenId(secret)}`,
      password: secret ?? openClaimPassword,
      reconnectPeriod: 0,
    },
    false,
  );
  try {
    const replies: EnrolReply[] = [];
    client.on('message', (_topic, payload) => {
      const reply = JSON.parse(payload.toString('utf8')) as EnrolReply;
      replies.push(reply);
      onReply?.(reply);
    });
    await client.subscribeAsync(topics.enrolReply(nonce), { qos: 1 });
    const request: EnrolRequest = {
      device,
      code: '123456',
      info: infoOf({ id: device }),
      ...(secret === undefined ? {} : { token: proofOf(secret, nonce, device) }),
      ...given.request,
    };
    await client.publishAsync(topics.enrolRequest(nonce), JSON.stringify(request), { qos: 1 });
    return await waitFor('the end of the enrolment', () =>
      replies.find(({ status }) => status !== 'pending'),
    );
  } finally {
    await client.endAsync(true);
  }
}

/** Enrol a device with a fresh join token; as a host when the token is to say so. @returns its password */
export async function enrolDevice(
  test: TestFleet,
  device: string,
  { host = false }: { host?: boolean } = {},
): Promise<string> {
  const { token } = await test.fleet.joinTokens.create({ host }, admin);
  const reply = await claim(test.port, device, token === undefined ? {} : { token });
  if (reply.status !== 'accepted') throw new Error(`not enrolled: ${JSON.stringify(reply)}`);
  return reply.password;
}

function proofOf(secret: string, nonce: string, device: string) {
  return { id: joinTokenId(secret), proof: joinTokenProof(joinTokenSecretHash(secret), nonce, device) };
}
