import {
  createJoinSecret,
  type JoinToken,
  joinTokenProof,
  joinTokenSecretHash,
} from '@homeroom/protocol/join-token';
import { type EnrolReply, type EnrolRequest, HomeroomError, topics } from '@homeroom/protocol/wire';
import { describe, expect, it } from 'vitest';
import type { ConnectOptions } from '../link/connection.ts';
import { silentLog } from '../log.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import type { Credential } from './credential-file.ts';
import { Credentials, type CredentialsOptions, type EnrolProgress } from './credentials.ts';

const token: JoinToken = { caSha256: 'ab'.repeat(32), secret: createJoinSecret() };
const kept: Credential = {
  device: 'seat-1',
  password: 'kept-password-of-24-characters',
  caPem: 'BEGIN CERTIFICATE',
  host: '10.0.0.2',
  httpPort: 8080,
  mqttPort: 8883,
  serial: 'serial-1',
};
const accepted: EnrolReply = {
  status: 'accepted',
  device: 'seat-1',
  name: 'Seat 1',
  password: 'fresh-password-of-24-characters',
  httpPort: 8080,
  mqttPort: 8883,
};
const info = {
  model: 'Pi',
  serial: 'serial-1',
  fingerprint: 'f',
  os: 'Debian',
  arch: 'arm64',
  agentVersion: '1',
  addresses: [],
  capabilities: [],
};

interface World extends Partial<CredentialsOptions> {
  readonly onDisk?: Credential | 'absent' | 'damaged';
  readonly replies?: readonly EnrolReply[];
}

function build({ onDisk = 'absent', replies = [accepted], ...bent }: World = {}) {
  const claims: ConnectOptions[] = [];
  const requests: EnrolRequest[] = [];
  const written: Credential[] = [];
  const progress: EnrolProgress['step'][] = [];
  const diskFaults: Error[] = [];
  let isRemoved = false;
  const credentials = new Credentials({
    device: 'seat-1',
    name: undefined,
    info: async () => info,
    controller: { host: '10.0.0.2' },
    joinToken: token,
    file: {
      path: '/data/credential.json',
      read: async () => onDisk,
      write: async (credential) => {
        written.push(credential);
      },
      remove: async () => {
        isRemoved = true;
      },
    },
    connect: async (options) => {
      claims.push(options);
      const connection = new FakeConnection();
      connection.onPublish = ({ topic, payload }) => {
        const nonce = topic.split('/').at(-2) ?? '';
        requests.push(payload as EnrolRequest);
        for (const reply of replies) connection.deliver(topics.enrolReply(nonce), reply);
      };
      return connection;
    },
    discover: async () => [],
    fetchTrustedCa: async () => ({ pem: 'BEGIN CERTIFICATE', sha256: token.caSha256 }),
    onProgress: ({ step }) => progress.push(step),
    onDiskFault: (error) => diskFaults.push(error),
    limits: { answerMs: 50, decisionMs: 50 },
    log: silentLog,
    ...bent,
  });
  const obtain = () => credentials.obtain(AbortSignal.timeout(5_000));
  return { credentials, obtain, claims, requests, written, progress, diskFaults, isRemoved: () => isRemoved };
}

describe('Credentials', () => {
  it('uses what it kept without asking', async () => {
    const { credentials, obtain, claims } = build({ onDisk: kept });
    await credentials.load('serial-1');
    expect(await obtain()).toEqual(kept);
    expect(claims).toEqual([]);
  });

  it('asks with a proof of its token, never with the secret in the request', async () => {
    const { obtain, claims, requests, written } = build();
    const credential = await obtain();
    expect(credential).toMatchObject({ password: accepted.password, serial: 'serial-1' });
    expect(written).toEqual([credential]);
    const nonce = claims[0]?.clientId.replace('enrol-', '') ?? '';
    expect(requests[0]?.token?.proof).toBe(
      joinTokenProof(joinTokenSecretHash(token.secret), nonce, 'seat-1'),
    );
    expect(JSON.stringify(requests)).not.toContain(token.secret);
  });

  it('asks at a broker that is not at the controller, remembers it, and follows when it is moved', async () => {
    const broker = { host: 'broker.test', mqttPort: 8884 };
    const { obtain, claims, written } = build({ broker });
    await obtain();
    expect(claims).toMatchObject([{ host: 'broker.test', port: 8884 }]);
    const place = { host: '10.0.0.2', httpPort: accepted.httpPort, mqttHost: 'broker.test', mqttPort: 8884 };
    expect(written).toMatchObject([place]);

    const later = build({ onDisk: { ...kept, ...place }, broker: { host: 'new.test' } });
    await later.credentials.load('serial-1');
    expect(await later.obtain()).toMatchObject({ host: '10.0.0.2', mqttHost: 'new.test', mqttPort: 8883 });

    const without = build({ onDisk: { ...kept, ...place } });
    await without.credentials.load('serial-1');
    expect((await without.obtain()).mqttHost).toBeUndefined();
  });

  it('shows one code for as long as it runs', async () => {
    const { obtain, requests } = build({ replies: [] });
    await expect(obtain()).rejects.toMatchObject({ code: 'enrolment_timeout' });
    await expect(obtain()).rejects.toMatchObject({ code: 'enrolment_timeout' });
    expect(requests[0]?.code).toMatch(/^\d{6}$/);
    expect(requests[1]?.code).toBe(requests[0]?.code);
  });

  it('waits for an admin after a pending answer', async () => {
    const { obtain, progress } = build({ replies: [{ status: 'pending', code: '123456' }, accepted] });
    await obtain();
    expect(progress).toEqual(['asking', 'pending']);
  });

  it.each([
    [
      'refuses by a code of the catalogue',
      { code: 'join_token_wrong', message: 'used up' },
      'join_token_wrong',
    ],
    ['refuses by a code that is not known here', { code: 'no_such_code', message: 'no' }, 'enrolment_denied'],
  ])('tells why a controller that %s does so', async (_what, error, code) => {
    const { obtain } = build({ replies: [{ status: 'refused', error }] });
    await expect(obtain()).rejects.toMatchObject({ code, detail: error.message });
  });

  it.each([
    [token, 'join_token_wrong'],
    [undefined, 'enrolment_closed'],
  ])('tells a refused claim by what it means', async (joinToken, code) => {
    const { obtain } = build({
      joinToken,
      connect: async () => {
        throw new HomeroomError('device_credential_wrong');
      },
    });
    await expect(obtain()).rejects.toMatchObject({ code });
  });

  it('says that it found no controller', async () => {
    const { obtain, progress } = build({ controller: undefined });
    await expect(obtain()).rejects.toMatchObject({ code: 'controller_not_found' });
    expect(progress).toEqual(['looking']);
  });

  it('tries every controller that answers by mDNS until one takes it', async () => {
    const { obtain } = build({
      controller: undefined,
      discover: async () => [
        { host: '10.0.0.8', mqttPort: 8883 },
        { host: '10.0.0.9', mqttPort: 18883 },
      ],
      fetchTrustedCa: async ({ host }) => {
        if (host === '10.0.0.8') throw new HomeroomError('controller_not_trusted');
        return { pem: 'BEGIN CERTIFICATE', sha256: token.caSha256 };
      },
    });
    expect(await obtain()).toMatchObject({ host: '10.0.0.9', mqttPort: 18883 });
  });

  it('removes the file of a copied card and asks as itself', async () => {
    const { credentials, obtain, claims, isRemoved } = build({ onDisk: kept });
    await credentials.load('serial-2');
    expect(isRemoved()).toBe(true);
    await obtain();
    expect(claims).toHaveLength(1);
  });

  it('takes a damaged file as none', async () => {
    const { credentials, obtain, claims } = build({ onDisk: 'damaged' });
    await credentials.load('serial-1');
    await obtain();
    expect(claims).toHaveLength(1);
  });

  it('follows a controller that the configuration has moved', async () => {
    const { credentials, obtain } = build({ onDisk: kept, controller: { host: '10.0.0.7' } });
    await credentials.load('serial-1');
    expect(await obtain()).toMatchObject({ host: '10.0.0.7', mqttPort: 8883 });
  });

  it('asks again when the controller does not know its credential', async () => {
    const { credentials, obtain, written } = build({ onDisk: kept });
    await credentials.load('serial-1');
    credentials.failed('device_credential_wrong');
    expect(await obtain()).toMatchObject({ password: accepted.password });
    expect(written).toHaveLength(1);
  });

  it('tries its old credential again when asking fails', async () => {
    const { credentials, obtain } = build({ onDisk: kept, replies: [] });
    await credentials.load('serial-1');
    credentials.failed('device_credential_wrong');
    await expect(obtain()).rejects.toMatchObject({ code: 'enrolment_timeout' });
    expect(await obtain()).toEqual(kept);
  });

  it('does not undo a revocation with the token that it came by, but with another', async () => {
    const first = build();
    const credential = await first.obtain();
    first.credentials.failed('device_revoked');
    expect(await first.obtain()).toEqual(credential);
    expect(first.claims).toHaveLength(1);

    const second = build({ onDisk: credential, joinToken: { ...token, secret: createJoinSecret() } });
    await second.credentials.load('serial-1');
    second.credentials.failed('device_revoked');
    await second.obtain();
    expect(second.claims).toHaveLength(1);
  });

  it('goes on with a credential that could not be kept, and tells that', async () => {
    const full = new HomeroomError('disk_full');
    const { obtain, diskFaults } = build({
      file: {
        path: '',
        read: async () => 'absent',
        write: async () => {
          throw full;
        },
        remove: async () => undefined,
      },
    });
    expect(await obtain()).toMatchObject({ password: accepted.password });
    expect(diskFaults).toEqual([full]);
  });
});
