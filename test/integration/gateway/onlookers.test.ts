import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamPurpose } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { RfbClient } from '../../support/rfb-client.ts';
import { waitFor } from '../../support/wait-for.ts';
import { closeOf, startTestGateway, streamIn, type TestGateway, until } from './support/test-gateway.ts';
import { startXvnc, type Xvnc } from './support/xvnc.ts';

/** A terminal over the whole screen that writes down each line which is typed. */
async function startTerminal({ display }: Xvnc) {
  const dir = await mkdtemp(join(tmpdir(), 'homeroom-terminal-'));
  const typed = join(dir, 'typed');
  const command = `touch '${typed}'; while read -r line; do echo "$line" >> '${typed}'; done`;
  const args = ['-geometry', '120x40+0+0', '-fn', 'fixed', '-e', 'sh', '-c', command];
  const child = spawn('xterm', args, { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' });
  const read = () => readFile(typed, 'utf8').catch(() => undefined);
  await waitFor('the terminal listens', async () => (await read()) !== undefined);
  return {
    lines: async () => ((await read()) ?? '').split('\n').filter((line) => line !== ''),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}

let count = 0;

/** @returns a viewer whose ticket was given for a purpose, once it sees the desktop */
async function look(test: TestGateway, purpose: StreamPurpose): Promise<RfbClient> {
  count += 1;
  const ticket = `ticket-of-${count}`;
  test.backstage.tickets.add(ticket);
  test.backstage.right = { purpose, broadcastId: purpose === 'broadcast' ? 'b-1' : null };
  const viewer = await RfbClient.connect(streamIn(test.open(ticket)));
  await viewer.refresh();
  return viewer;
}

/** Point at the terminal and type a line there. */
function type(viewer: RfbClient, line: string): void {
  viewer.pointer(300, 200);
  viewer.type(`${line}\n`);
}

it.each(['watch', 'broadcast'] as const)(
  'lets a %s see the desktop, and drops what it types',
  async (purpose) => {
    await using xvnc = await startXvnc('geheim12');
    await using terminal = await startTerminal(xvnc);
    await using test = await startTestGateway();
    test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
    const own = await look(test, 'own');
    own.pointer(300, 200);
    const viewer = await look(test, purpose);
    type(viewer, 'from who looks');
    // What was sent before this picture has been read by the server when it answers.
    await viewer.refresh();
    type(own, 'from its user');
    await waitFor('the user’s line', async () => (await terminal.lines()).length > 0);
    expect(await terminal.lines()).toEqual(['from its user']);
    expect([viewer.width, viewer.height]).toEqual([own.width, own.height]);
    for (const each of [own, viewer]) each.close();
  },
);

it('lets who helps type and point', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using terminal = await startTerminal(xvnc);
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const helper = await look(test, 'control');
  type(helper, 'from who helps');
  await waitFor('the helper’s line', async () => (await terminal.lines()).length > 0);
  expect(await terminal.lines()).toEqual(['from who helps']);
  expect([...test.backstage.views.values()].map(({ purpose }) => purpose)).toEqual(['control']);
  helper.close();
  await until(() => test.backstage.views.size === 0);
});

it('counts nobody who looks as the session’s user, and takes nothing of them for its input', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const viewer = await look(test, 'watch');
  type(viewer, 'hello');
  await viewer.refresh();
  expect([test.backstage.counted, test.backstage.inputs, test.backstage.views.size]).toEqual([[], 0, 1]);
  viewer.close();
  await until(() => test.backstage.ended.length === 1);
  expect(test.backstage.counted).toEqual([]);
});

it('keeps what its user copies from who looks', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using _terminal = await startTerminal(xvnc);
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  const own = await look(test, 'own');
  const viewer = await look(test, 'watch');
  const isCopied = ({ clipboards }: RfbClient) => clipboards.some((text) => text.includes('secretword'));
  own.pointer(300, 200);
  own.type('secretword');
  await waitFor('its user’s own viewer gets what is copied', async () => {
    // A double click selects a word, and so copies it.
    own.click(20, 10);
    own.click(20, 10);
    await own.refresh();
    return isCopied(own);
  });
  await viewer.refresh();
  // The extended clipboard's messages begin with flags: that there is something is four bytes, with nothing behind.
  const news = viewer.clipboards.filter((message) => message.readUInt32BE(0) >>> 24 !== 0x1f);
  expect(isCopied(viewer)).toBe(false);
  expect(news.every((message) => message.length === 4)).toBe(true);
  for (const each of [own, viewer]) each.close();
});

it('refuses a second who wants to help, and ends the first when another takes over', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  const { backstage } = test;
  backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  await look(test, 'control');
  const second = test.open('ticket-1');
  const closed = closeOf(second);
  await RfbClient.connect(streamIn(second)).catch(() => undefined);
  expect(await closed).toEqual({ code: 4409, reason: 'control_taken' });
  // As if another stream of the same person, at another process, had it now.
  backstage.views.clear();
  backstage.announce({ kind: 'session', id: backstage.session().id });
  await until(() => backstage.ended.length === 2);
  expect(backstage.ended).toEqual(['control_taken', 'control_taken']);
});

it('ends a broadcast’s stream when it is over, whoever tells: a change, or the clock', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  const { backstage } = test;
  backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  await look(test, 'broadcast');
  backstage.maySee = false;
  backstage.announce({ kind: 'broadcast', id: 'b-1' });
  await until(() => backstage.ended.length === 1);
  backstage.viewEndsInMs = 50;
  await look(test, 'broadcast').catch(() => undefined);
  await until(() => backstage.ended.length === 2);
  expect(backstage.ended).toEqual(['broadcast_over', 'broadcast_over']);
});

it('cuts off a viewer that says what nobody can judge', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  test.backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  test.backstage.right = { purpose: 'watch', broadcastId: null };
  const webSocket = test.open();
  const closed = closeOf(webSocket);
  const viewer = await RfbClient.connect(streamIn(webSocket));
  await viewer.refresh();
  webSocket.send(Buffer.of(77));
  expect(await closed).toEqual({ code: 4403, reason: 'not_allowed' });
});

it('ends the stream of a teacher who is signed out, at a kiosk too', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  const { backstage } = test;
  backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  backstage.holder = { deviceId: 'pi-1', userId: 'teacher-1', signInHash: 'hash-1' };
  await look(test, 'watch');
  backstage.isSignedIn = false;
  backstage.announce({ kind: 'user', id: 'teacher-1' });
  await until(() => backstage.ended.length === 1);
  expect(backstage.ended).toEqual(['sign_in_required']);
});

it('ends the stream of a teacher whose room it is no more', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  const { backstage } = test;
  backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  await look(test, 'watch');
  backstage.maySee = false;
  backstage.announce({ kind: 'room', id: 'room-1' });
  await until(() => backstage.ended.length === 1);
  expect(backstage.ended).toEqual(['not_allowed']);
});

it('judges a stream by what its ticket is for, when something changes before that is known', async () => {
  await using xvnc = await startXvnc('geheim12');
  await using test = await startTestGateway();
  const { backstage } = test;
  backstage.address = { kind: 'vnc', via: { unix: xvnc.socketPath }, secret: 'geheim12' };
  backstage.rightsAsked.length = 0;
  const redeeming = Promise.withResolvers<void>();
  backstage.beforeRedeem = () => redeeming.promise;
  const viewing = look(test, 'watch');
  await until(() => test.gateway.openStreams === 1);
  backstage.announce({ kind: 'session', id: backstage.session().id });
  redeeming.resolve();
  const viewer = await viewing;
  await until(() => backstage.rightsAsked.length === 1);
  expect(backstage.rightsAsked).toEqual(['watch']);
  viewer.close();
});
