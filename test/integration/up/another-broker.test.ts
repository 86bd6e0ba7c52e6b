/** What an earlier start left is good for the broker that it was made with, and for no other. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isEnrolled, isEnrolledBy } from '@homeroom/controller/cli/up/agent-credential.ts';
import type { ControllerApi } from '@homeroom/controller/cli/up/controller-api.ts';
import { seatJoinToken } from '@homeroom/controller/cli/up/join-tokens.ts';
import type { JoinTokenResource } from '@homeroom/protocol';
import { joinTokenId, parseJoinToken } from '@homeroom/protocol/join-token';
import { afterEach, beforeEach, expect, it } from 'vitest';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'homeroom-up-broker-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const tokens = ['a', 'b', 'c'].map((letter) => `homeroom1.${'0'.repeat(64)}.${letter.repeat(32)}`);

/** A controller that makes these tokens, one after the other, and takes them for ever. */
function fakeApi(): Pick<ControllerApi, 'rooms' | 'joinTokens' | 'createJoinToken'> {
  const made: string[] = [];
  const listed = (token: string): JoinTokenResource => ({
    id: joinTokenId(parseJoinToken(token)?.secret ?? ''),
    ...{ note: null, room: null, host: false, usesLeft: null, expiresAt: null, withdrawnAt: null },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  return {
    rooms: async () => [],
    joinTokens: async () => made.map(listed),
    createJoinToken: async () => {
      const token = tokens[made.length] ?? '';
      made.push(token);
      return token;
    },
  };
}

it('keeps one join token for the embedded broker and one for an external one', async () => {
  const api = fakeApi();
  const tokenFor = (isBrokerExternal: boolean) => seatJoinToken(api, { dataDir, isBrokerExternal, nowMs: 0 });
  const told = [await tokenFor(false), await tokenFor(true), await tokenFor(false), await tokenFor(true)];
  expect(told).toEqual([tokens[0], tokens[1], tokens[0], tokens[1]]);
  const file = join(dataDir, 'join-token-external-broker');
  expect(readFileSync(file, 'utf8').trim()).toBe(tokens[1]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('knows by which broker an agent has enrolled', () => {
  const enrol = (name: string, credential: object) => {
    mkdirSync(join(dataDir, 'agents', name), { recursive: true });
    writeFileSync(join(dataDir, 'agents', name, 'credential.json'), JSON.stringify(credential));
  };
  enrol('seat-1', { device: 'seat-1' });
  enrol('seat-2', { device: 'seat-2', mqttHost: 'broker.example.org' });
  const by = (name: string) =>
    [undefined, 'broker.example.org', 'other.example.org'].map((host) => isEnrolledBy(host, dataDir, name));
  expect(by('seat-1')).toEqual([true, false, false]);
  expect(by('seat-2')).toEqual([false, true, false]);
  expect(by('seat-3')).toEqual([false, false, false]);
  expect(isEnrolled(dataDir, 'seat-2')).toBe(true);
});
