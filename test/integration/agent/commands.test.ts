import { topics } from '@homeroom/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningAgent, Stage } from './support/stage.ts';
import { waitFor } from './support/wait-for.ts';

let stage: Stage;
let running: RunningAgent;
beforeAll(async () => {
  stage = await Stage.open('seat-1');
  running = await stage.agent('seat-1');
  await stage.controller.state('seat-1', 'state');
});
afterAll(() => stage.end());

const resultOf = async (
  ...[name, args, bent]: [Parameters<typeof stage.controller.send>[1], object?, object?]
) => stage.controller.result('seat-1', name, await stage.controller.send('seat-1', name, args, bent));

it('runs a command and answers with its data', async () => {
  expect(await resultOf('relay', { channel: 1, on: true })).toMatchObject({
    status: 'succeeded',
    data: { channel: 1, on: true },
  });
  expect(await resultOf('screenshot', {})).toMatchObject({
    data: { mediaType: 'image/jpeg', base64: 'AAAA' },
  });
});

it('fails with the code of what is wrong', async () => {
  expect(await resultOf('relay', { channel: 99, on: true })).toMatchObject({
    status: 'failed',
    error: { code: 'hardware_absent' },
  });
  expect(await resultOf('desktop.list')).toMatchObject({
    status: 'failed',
    error: { code: 'hardware_absent' },
  });
  expect(await resultOf('relay', { channel: 'one' })).toMatchObject({
    status: 'rejected',
    error: { code: 'payload_invalid' },
  });
});

it('drops a command that came too late', async () => {
  const issuedAt = new Date(Date.now() - 60_000).toISOString();
  expect(await resultOf('identify', {}, { issuedAt, ttlMs: 10_000 })).toMatchObject({
    status: 'expired',
    error: { code: 'command_expired' },
  });
});

it('answers a repeated command from memory and runs it once', async () => {
  const before = running.kiosk.identified.length;
  const id = await stage.controller.send('seat-1', 'identify', { seconds: 3 });
  await stage.controller.result('seat-1', 'identify', id);
  await stage.controller.send('seat-1', 'identify', { seconds: 3 }, { id });
  await waitFor('a second answer', () => stage.controller.results('seat-1', 'identify', id).length === 2);
  expect(running.kiosk.identified.slice(before)).toEqual(['seat-1 for 3 s']);
});

it('drops what is no command without any harm', async () => {
  await stage.controller.publish(topics.command('seat-1', 'identify'), 'identify!');
  await stage.controller.publish(topics.command('seat-1', 'no.such'), {
    id: 'command-without-name',
    issuedAt: new Date().toISOString(),
    ttlMs: 1_000,
  });
  const isRefused = () =>
    stage.controller
      .on(topics.result('seat-1', 'no.such'))
      .find((value) => JSON.stringify(value).includes('command_unknown'));
  await waitFor('a refusal', isRefused);
});
