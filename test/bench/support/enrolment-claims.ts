/** Devices that ask to be enrolled, in a process of their own: over plain MQTT or over TLS, as agents do. */
import { randomBytes } from 'node:crypto';
import type { EnrolReply, EnrolRequest } from '@homeroom/protocol';
import { topics } from '@homeroom/protocol';
import {
  joinTokenId,
  joinTokenProof,
  joinTokenSecretHash,
  parseJoinToken,
} from '@homeroom/protocol/join-token';
import mqtt from 'mqtt';
import { serveParent } from './serve-parent.ts';

/** A classroom that is switched on. */
const atOnce = 30;
const answerTimeoutMs = 20_000;

interface Plan {
  readonly url: string;
  readonly token: string;
  readonly count: number;
  readonly prefix: string;
}

const handlers = {
  /** Enrol devices, each with a connection of its own. @returns how long it took */
  async enrol(plan: Plan): Promise<number> {
    const secret = parseJoinToken(plan.token)?.secret;
    if (secret === undefined) throw new Error('this is no join token');
    const startedAt = performance.now();
    const left = Array.from({ length: plan.count }, (_, index) => `${plan.prefix}-${index}`).values();
    const work = async () => {
      for (const device of left) await claim(plan.url, secret, device);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return performance.now() - startedAt;
  },
};
export type EnrolmentClaims = typeof handlers;

serveParent(handlers);

async function claim(url: string, secret: string, device: string): Promise<void> {
  const nonce = randomBytes(12).toString('hex');
  const client = await mqtt.connectAsync(
    url,
    {
      clientId: `enrol-${nonce}`,
      username: `claim-${joinTokenId(secret)}`,
      password: secret,
      reconnectPeriod: 0,
      connectTimeout: answerTimeoutMs,
      // An agent checks the chain against its token; what that costs is its own.
      rejectUnauthorized: false,
    },
    false,
  );
  try {
    const { promise: reply, resolve, reject } = Promise.withResolvers<EnrolReply>();
    client.on('message', (_topic, payload) => resolve(JSON.parse(payload.toString('utf8'))));
    client.once('close', () => reject(new Error(`${device} was cut off`)));
    await client.subscribeAsync(topics.enrolReply(nonce), { qos: 1 });
    const request = JSON.stringify(requestOf(secret, nonce, device));
    await client.publishAsync(topics.enrolRequest(nonce), request, { qos: 1 });
    const { status } = await reply;
    if (status !== 'accepted') throw new Error(`${device}: ${status}`);
  } finally {
    await client.endAsync(true);
  }
}

function requestOf(secret: string, nonce: string, device: string): EnrolRequest {
  return {
    device,
    code: '123456',
    token: { id: joinTokenId(secret), proof: joinTokenProof(joinTokenSecretHash(secret), nonce, device) },
    info: {
      model: 'Raspberry Pi 4 Model B Rev 1.5',
      serial: device,
      fingerprint: `of ${device}`,
      os: 'Debian GNU/Linux 12 (bookworm)',
      arch: 'arm64',
      agentVersion: '0.1.0',
      addresses: ['192.0.2.7'],
      capabilities: [],
    },
  };
}
