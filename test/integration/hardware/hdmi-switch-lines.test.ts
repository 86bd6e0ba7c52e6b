/** Switches at the other end of real lines: TCP, and a file that behaves as a serial line does. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@homeroom/hardware/clock.ts';
import { LineSwitch } from '@homeroom/hardware/hdmi-switch/line-switch.ts';
import { SerialLine } from '@homeroom/hardware/hdmi-switch/serial-line.ts';
import { switchProtocols } from '@homeroom/hardware/hdmi-switch/switch-protocols.ts';
import { TcpLine } from '@homeroom/hardware/hdmi-switch/tcp-line.ts';
import { complained, printed, ScriptedCommands } from '@homeroom/hardware/testing/scripted-commands.ts';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { waitFor } from '../../support/wait-for.ts';

const never = new AbortController().signal;
const route = { input: 2, output: 1 };
let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
  server = undefined;
});

/** @returns its port, and what it was told */
async function matrix(
  answer: (socket: Socket, told: string) => void,
): Promise<{ port: number; told: string[] }> {
  const told: string[] = [];
  const port = await freePort();
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      told.push(chunk.toString('latin1'));
      answer(socket, chunk.toString('latin1'));
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { port, told };
}

const extronAt = (port: number) => new LineSwitch(new TcpLine('127.0.0.1', port), switchProtocols.extron);

it('is told by TCP, and confirms although its answer comes in pieces after a greeting', async () => {
  const { port, told } = await matrix((socket) => {
    socket.write('(c) Extron\r\nOut1 I');
    setImmediate(() => socket.write('n2 All\r\n'));
  });
  expect(await extronAt(port).route(route, never)).toEqual({ confirmed: true });
  expect(told).toEqual(['2*1!']);
});

it('is told all the same when it says nothing, and is not waited for when it never does', async () => {
  const { port, told } = await matrix(() => undefined);
  expect(await extronAt(port).route(route, never)).toEqual({ confirmed: false });
  const plain = new LineSwitch(new TcpLine('127.0.0.1', port), switchProtocols.plain);
  expect(await plain.route(route, never)).toEqual({ confirmed: false });
  await waitFor('both were told', () => told.length === 2);
  expect(told).toEqual(['2*1!', 'SW21\r\n']);
});

it('hangs up in the middle: told, and not confirmed', async () => {
  const { port } = await matrix((socket) => socket.end('Out'));
  expect(await extronAt(port).route(route, never)).toEqual({ confirmed: false });
});

it('is not there: that is told, and the next try is as good as the first', async () => {
  const port = await freePort();
  const away = extronAt(port);
  for (const _ of [1, 2])
    await expect(away.route(route, never)).rejects.toMatchObject({ code: 'hardware_failed' });
});

it('is called off while it thinks', async () => {
  const { port } = await matrix(() => undefined);
  const reason = new Error('called off');
  const calledOff = new AbortController();
  const asked = extronAt(port).route(route, calledOff.signal);
  calledOff.abort(reason);
  await expect(asked).rejects.toBe(reason);
});

/** A pipe that is read and written by one says back what it is told, as Atlona's do. */
function echoingLine(commands: ScriptedCommands): SerialLine {
  const dir = mkdtempSync(join(tmpdir(), 'homeroom-serial-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'line');
  execFileSync('mkfifo', [path]);
  return new SerialLine({ path, baud: 9_600, commands, clock: systemClock });
}

it('is told by a serial line that is set up first, and its answer is read from there', async () => {
  const commands = new ScriptedCommands(() => printed(''));
  const atlona = new LineSwitch(echoingLine(commands), switchProtocols.atlona);
  expect(await atlona.route(route, never)).toEqual({ confirmed: true });
  expect(commands.ran).toEqual([
    expect.stringMatching(/^stty -F \S+\/line 9600 raw -echo cs8 -cstopb -parenb -crtscts clocal$/),
  ]);
});

it('waits no longer than it must for an answer by a serial line that means nothing', async () => {
  const line = echoingLine(new ScriptedCommands(() => printed('')));
  expect(await new LineSwitch(line, switchProtocols.extron).route(route, never)).toEqual({
    confirmed: false,
  });
});

it('has no serial line: the words of what found that out are told', async () => {
  const commands = new ScriptedCommands(() => complained("stty: '/dev/ttyUSB0': No such file or directory"));
  const line = new SerialLine({ path: '/dev/ttyUSB0', baud: 9_600, commands, clock: systemClock });
  await expect(new LineSwitch(line, switchProtocols.plain).route(route, never)).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: "stty ended with 1: stty: '/dev/ttyUSB0': No such file or directory",
  });
});
