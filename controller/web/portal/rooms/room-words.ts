import type { Device, Room } from '@homeroom/protocol';

/** @returns how a room is, in a line: `3 seats, 2 connected, 1 needs attention`. */
export function roomWords(room: Room, devices: readonly Device[]): string {
  const here = devices.filter((device) => device.room === room.id);
  const connected = here.filter((device) => device.connection === 'ready').length;
  const troubled = here.filter((device) => device.connection === 'lost' || device.alerts.length > 0).length;
  const words = [room.seats === 1 ? '1 seat' : `${room.seats} seats`, `${connected} connected`];
  if (troubled > 0) words.push(troubled === 1 ? '1 needs attention' : `${troubled} need attention`);
  return words.join(', ');
}
