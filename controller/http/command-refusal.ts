import type { CommandName, Device, Role } from '@homeroom/protocol';
import { isAllowed, type Permission } from '../accounts/roles.ts';

/**
 * Whether a person may have a device do something once. Pure.
 *
 * @returns why not, as a sentence; undefined when it may go on
 */
export function commandRefusal(
  name: CommandName,
  device: Pick<Device, 'seat' | 'host'>,
  role: Role,
): string | undefined {
  // What sessions and lessons do by their own rules, not even an admin does by hand.
  if (name.startsWith('desktop.')) return 'Desktops are started and stopped by their sessions.';
  if (name.startsWith('exam.')) return 'Files of an exam are collected by its lesson.';
  // By hand they would reach any home on the host.
  if (name.startsWith('files.')) return 'Files are handed out and collected by a room.';
  const needed = permissionFor(name, device);
  return isAllowed(role, needed) ? undefined : refusals[needed];
}

type CommandPermission = Extract<
  Permission,
  'devices.command' | 'devices.simulate' | 'seats.restart' | 'devices.restart'
>;

const refusals: Readonly<Record<CommandPermission, string>> = {
  'devices.command': 'This needs the role teacher.',
  'devices.simulate': 'This needs the role admin: what a board pretends is for trying Homeroom out.',
  'seats.restart': 'This needs the role teacher.',
  'devices.restart':
    'This needs the role admin: teachers restart and shut down the devices of seats, but no host and no device without a seat.',
};

function permissionFor(name: CommandName, { seat, host }: Pick<Device, 'seat' | 'host'>): CommandPermission {
  if (name === 'simulate') return 'devices.simulate';
  if (name !== 'reboot' && name !== 'shutdown') return 'devices.command';
  // Everybody's desktops would end with a host.
  return seat !== null && host === null ? 'seats.restart' : 'devices.restart';
}
