import { commands, type Host, isCommandName } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { commandRefusal } from './command-refusal.ts';

const seat = { seat: 'a-seat', host: null };
const host: Host = { capacity: 20, isolation: 'own', load: 0, faults: [], desktops: [] };
const namesOfTeacher = (device: Parameters<typeof commandRefusal>[1]) =>
  Object.keys(commands).filter((name) => isCommandName(name) && !commandRefusal(name, device, 'teacher'));

it('lets teachers send a seat what a lesson needs, a restart too', () => {
  const ofHardware = ['kiosk.restart', 'cec', 'relay', 'hdmi-switch'];
  expect(namesOfTeacher(seat)).toEqual(['identify', 'screenshot', 'reboot', 'shutdown', ...ofHardware]);
});

it.each([
  ['a host', { seat: null, host }],
  ['a host that stands at a seat', { seat: 'a-seat', host }],
  ['a device without a seat', { seat: null, host: null }],
])('keeps the restart of %s for admins', (_what, device) => {
  for (const name of ['reboot', 'shutdown'] as const) {
    expect(commandRefusal(name, device, 'teacher')).toContain('admin');
    expect(commandRefusal(name, device, 'admin')).toBeUndefined();
  }
});

it('lets admins alone play with a simulated board', () => {
  expect(commandRefusal('simulate', seat, 'teacher')).toContain('admin');
  expect(commandRefusal('simulate', seat, 'admin')).toBeUndefined();
});

it('lets nobody start desktops or collect files by hand, and students send nothing', () => {
  expect(commandRefusal('desktop.stop', seat, 'admin')).toContain('sessions');
  expect(commandRefusal('exam.collect', { seat: null, host }, 'admin')).toContain('lesson');
  expect(commandRefusal('files.put', { seat: null, host }, 'admin')).toContain('room');
  expect(commandRefusal('identify', seat, 'student')).toContain('teacher');
});
