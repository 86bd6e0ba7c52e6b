import { type Board, openBoard } from '@homeroom/hardware';
import type { Presence } from '@homeroom/hardware/presence.ts';
import { pi4Tree } from '@homeroom/hardware/testing/pi4-tree.ts';
import { readSample } from '@homeroom/hardware/testing/read-sample.ts';
import { complained, printed, ScriptedCommands } from '@homeroom/hardware/testing/scripted-commands.ts';
import { writeTree } from '@homeroom/hardware/testing/write-tree.ts';
import { cec, decodeValue, hdmi, health, input } from '@homeroom/protocol';
import { expect, test } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

const cecSamples = import.meta.resolve('@homeroom/hardware/cec/open-cec.ts');
const dell = {
  name: 'HDMI-A-1',
  connected: true,
  monitor: { vendor: 'DEL', product: 'D1918H', serial: 'KYJ231716UHE', widthMm: 410, heightMm: 230 },
  mode: { width: 1366, height: 768, refreshHz: 59.79 },
};
const empty = (name: string) => ({ name, connected: false, monitor: null, mode: null });

/** A Pi whose television answers, and whose GPIO tools are missing. */
async function openPi() {
  const tree = await writeTree(pi4Tree());
  const commands = new ScriptedCommands((line) => {
    if (!line.startsWith('cec-ctl')) return complained('no such thing');
    return printed(readSample(cecSamples, line.includes('--to') ? 'television.txt' : 'pi4-claimed.txt'));
  });
  const board = await openBoard({ kind: 'linux', rootDir: tree.dir, dataDir: tree.dir, commands });
  return { tree, commands, board };
}

function portOf<Port>(presence: Presence<Port>): Port {
  if (!presence.present) throw new Error(presence.reason);
  return presence.port;
}

async function close({ board, tree }: { board: Board; tree: AsyncDisposable }): Promise<void> {
  await board.stop();
  await tree[Symbol.asyncDispose]();
}

test('a Pi tells what is plugged in, in the protocol’s words', async () => {
  const pi = await openPi();
  const connectors = await portOf(pi.board.hdmi).read();
  expect(connectors).toEqual({ connectors: [dell, empty('HDMI-A-2')] });
  expect(decodeValue(hdmi, connectors)).toMatchObject({ ok: true });
  const televisions = await portOf(pi.board.cec).read();
  expect(decodeValue(cec, televisions)).toMatchObject({ ok: true });
  expect(televisions.adapters).toEqual([
    {
      name: 'cec0',
      connector: 'HDMI-A-1',
      power: 'on',
      physicalAddress: '1.2.0.0',
      isActiveSource: null,
      television: { vendor: 'LG', name: 'Test TV' },
    },
  ]);
  expect(decodeValue(input, await portOf(pi.board.input).read())).toMatchObject({ ok: true });
  await close(pi);
});

test('a Pi tells who and how it is', async () => {
  const pi = await openPi();
  expect(await pi.board.identity.read()).toMatchObject({
    deviceId: '10000000abcdef01',
    bootId: '1b0c4fd0-6c79-4b0e-a2a1-b5d3c0f0a001',
    info: {
      model: 'Raspberry Pi 4 Model B Rev 1.4',
      serial: '10000000abcdef01',
      os: 'Debian GNU/Linux 13 (trixie)',
    },
  });
  await pi.board.start();
  const figures = await pi.board.health.read();
  expect(decodeValue(health, figures)).toMatchObject({ ok: true });
  expect(figures).toMatchObject({
    uptimeS: 35_000,
    temperatureC: 48.7,
    underVoltage: false,
    loadAverage: 0.42,
    memoryTotalMiB: 3794,
    memoryFreeMiB: 2861,
    diskErrors: 3,
    link: { name: 'eth0', speedMbps: 1000, wireless: false, signalDbm: null },
  });
  expect(figures.diskTotalMiB).toBeGreaterThan(0);
  await close(pi);
});

test('pulling the plug is told when udev says so', async () => {
  const pi = await openPi();
  const told: unknown[] = [];
  portOf(pi.board.hdmi).onChange((state) => told.push(state));
  await pi.board.start();
  expect(told).toEqual([{ connectors: [dell, empty('HDMI-A-2')] }]);
  await pi.tree.write({
    'sys/class/drm/card1-HDMI-A-1/status': 'disconnected\n',
    'sys/class/drm/card1-HDMI-A-1/edid': '',
  });
  const udev = pi.commands.held.find(({ commandLine }) => commandLine.startsWith('udevadm'));
  udev?.say('UDEV  [23.424242] change   /devices/platform/gpu/drm/card1 (drm)');
  await waitFor('the unplugged connector', () => told.length === 2);
  expect(told[1]).toEqual({ connectors: [empty('HDMI-A-1'), empty('HDMI-A-2')] });
  await close(pi);
  expect(pi.commands.held.map(({ isAlive }) => isAlive)).toEqual([false, false]);
});

test('a monitor without an EDID still has a mode', async () => {
  const pi = await openPi();
  await pi.tree.write({ 'sys/class/drm/card1-HDMI-A-1/edid': new Uint8Array(64) });
  const { connectors } = await portOf(pi.board.hdmi).read();
  expect(connectors[0]).toEqual({
    ...dell,
    monitor: null,
    mode: { width: 1366, height: 768, refreshHz: 60 },
  });
  await close(pi);
});

test('a Pi restarts by systemd, and says when it will not', async () => {
  const pi = await openPi();
  await expect(portOf(pi.board.reboot).reboot()).rejects.toMatchObject({
    code: 'hardware_failed',
    detail: 'systemctl ended with 1: no such thing',
  });
  expect(pi.commands.ran.at(-1)).toBe('systemctl reboot');
  await close(pi);
});
