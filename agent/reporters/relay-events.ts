import type { Relays } from '@homeroom/protocol/wire';
import type { Happening } from './happening.ts';

/** @returns which channels switched between two looks. */
export function relayEvents(before: Relays, after: Relays): Happening[] {
  const was = new Map(before.channels.map(({ channel, on }) => [channel, on]));
  return after.channels.flatMap(({ channel, name, on }) => {
    if (on === null || was.get(channel) === on) return [];
    return [
      {
        name: 'relay.changed',
        message: `${name} is ${on ? 'on' : 'off'}`.slice(0, 200),
        details: { channel, on },
      },
    ];
  });
}
