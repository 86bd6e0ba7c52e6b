import { capabilitiesOf, openBoard } from '@homeroom/hardware';
import { ScriptedCommands } from '@homeroom/hardware/testing/scripted-commands.ts';
import { writeTree } from '@homeroom/hardware/testing/write-tree.ts';
import { decodeValue, health, isDeviceId } from '@homeroom/protocol';
import { expect, test } from 'vitest';

test('a machine with nothing at all says so of each part, and still has a name and a health', async () => {
  await using root = await writeTree();
  const relays = [{ name: 'Lamp', line: 17, activeLow: true }];
  const commands = new ScriptedCommands();
  commands.has = async () => false;
  const board = await openBoard({ kind: 'linux', rootDir: root.dir, relays, commands });
  await board.start();
  const { hdmi, cec, input, screen, hdmiSwitches, audio, reboot, shutdown, simulator } = board;
  expect({
    hdmi,
    cec,
    input,
    relays: board.relays,
    screen,
    hdmiSwitches,
    audio,
    reboot,
    shutdown,
    simulator,
  }).toEqual({
    hdmi: { present: false, reason: 'the kernel knows no connector: no graphics driver is loaded' },
    cec: { present: false, reason: 'no CEC adapter: neither /dev/cec* nor a USB adapter' },
    input: { present: false, reason: 'the kernel has no /proc/bus/input/devices' },
    relays: {
      present: false,
      reason:
        'libgpiod’s tools are not installed (package gpiod); the kernel shows no GPIO header in /sys/class/gpio',
    },
    screen: { present: false, reason: 'neither CEC nor a Wayland compositor with wlopm' },
    reboot: { present: false, reason: 'this machine was not started by systemd' },
    hdmiSwitches: {
      present: false,
      reason: 'no HDMI switch is configured, and there is no CEC',
    },
    audio: {
      present: false,
      reason: 'neither wpctl (package wireplumber) nor amixer (package alsa-utils) is installed',
    },
    shutdown: { present: false, reason: 'this machine was not started by systemd' },
    simulator: { present: false, reason: 'this is a real machine' },
  });
  expect(capabilitiesOf(board)).toEqual([]);
  const { deviceId, info } = await board.identity.read();
  expect(isDeviceId(deviceId)).toBe(true);
  expect(info).toMatchObject({ model: 'Linux machine', serial: '', os: 'Linux' });
  const figures = await board.health.read();
  expect(decodeValue(health, figures)).toMatchObject({ ok: true });
  expect(figures).toMatchObject({ temperatureC: null, underVoltage: null, diskErrors: null, link: null });
  await board.stop();
  await board.stop();
});
