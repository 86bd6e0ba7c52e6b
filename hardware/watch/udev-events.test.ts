import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { ScriptedCommands } from '../testing/scripted-commands.ts';
import { subsystemOfUdevLine, UdevEvents } from './udev-events.ts';

test.each([
  ['UDEV  [23.424242] change   /devices/platform/gpu/drm/card1 (drm)', 'drm'],
  [
    'UDEV  [1234.567890] add      /devices/pci0000:00/0000:00:04.0/usb1/1-1/1-1:1.0/0003:0627:0001.0001/input/input5 (input)',
    'input',
  ],
  ['UDEV  [3.1] remove   /devices/platform/vivid.0/cec0 (cec)', 'cec'],
])('%s is of %s', (line, subsystem) => {
  expect(subsystemOfUdevLine(line)).toBe(subsystem);
});

test.each([
  'monitor will print the received events for:',
  'UDEV - the event which udev sends out after rule processing',
  'KERNEL[23.4] change   /devices/platform/gpu/drm/card1 (drm)',
  'UDEV  [3.1] add      /devices/virtual/block/loop0 (block)',
  '',
])('"%s" is none of ours', (line) => {
  expect(subsystemOfUdevLine(line)).toBeUndefined();
});

test('each listener hears of its own subsystem', () => {
  const commands = new ScriptedCommands();
  const events = new UdevEvents({ commands, clock: new ManualClock(), onFault: () => undefined });
  const heard: string[] = [];
  events.on('drm', () => heard.push('drm'));
  events.on('input', () => heard.push('input'));
  events.start();
  commands.held[0]?.say('', 'UDEV  [1.0] change   /devices/x/drm/card1 (drm)');
  expect(heard).toEqual(['drm']);
  expect(commands.held[0]?.commandLine).toBe(
    'udevadm monitor --udev --subsystem-match=drm --subsystem-match=input --subsystem-match=cec',
  );
});
