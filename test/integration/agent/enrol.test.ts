import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnrolRequest } from '@homeroom/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { devicePassword, Stage } from './support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open('seat-1');
});
afterEach(() => stage.end());

it('enrols with a join token, keeps its credential for itself and is ready', async () => {
  const { dataDir, kiosk } = await stage.agent('seat-1');
  expect(await stage.controller.state('seat-1', 'state')).toMatchObject({ state: 'ready' });
  const request = stage.controller.heard.find(({ topic }) => topic.endsWith('/request'))
    ?.value as EnrolRequest;
  expect(request).toMatchObject({ device: 'seat-1', token: { proof: expect.any(String) } });
  expect(JSON.stringify(request)).not.toContain(stage.joinToken.split('.')[2]);
  const path = join(dataDir, 'credential.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
    device: 'seat-1',
    password: devicePassword,
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(kiosk.restarts).toBe(1);
});

it('comes back with what it kept, without asking again', async () => {
  const { agent } = await stage.agent('seat-1');
  await stage.controller.state('seat-1', 'state');
  await agent.stop();
  stage.controller.forget();
  await stage.agent('seat-1', { joinToken: undefined });
  await stage.controller.state('seat-1', 'state', (value) => 'state' in value && value.state === 'ready');
  expect(stage.controller.heard.filter(({ topic }) => topic.includes('/enrol/'))).toEqual([]);
});

it('shows its code while an admin decides, and joins when accepted', async () => {
  const accept = stage.controller.onEnrol;
  const codes: string[] = [];
  stage.controller.onEnrol = (request) => {
    codes.push(request.code);
    return [{ status: 'pending', code: request.code }, ...accept(request)];
  };
  const { kiosk } = await stage.agent('seat-1', { joinToken: undefined });
  await stage.controller.state('seat-1', 'state');
  expect(kiosk.local).toContainEqual(expect.objectContaining({ kind: 'enrolling', code: codes[0] }));
});
