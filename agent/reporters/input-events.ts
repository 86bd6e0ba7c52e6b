import type { Input } from '@homeroom/protocol/wire';
import type { Happening } from './happening.ts';

type Device = Input['devices'][number];

/** @returns which input devices came and went between two looks. */
export function inputEvents(before: Input, after: Input): Happening[] {
  const was = new Set(before.devices.map(({ id }) => id));
  const is = new Set(after.devices.map(({ id }) => id));
  return [
    ...before.devices
      .filter(({ id }) => !is.has(id))
      .map((device) => happening('input.removed', device, 'was removed')),
    ...after.devices
      .filter(({ id }) => !was.has(id))
      .map((device) => happening('input.added', device, 'was added')),
  ];
}

function happening(name: 'input.added' | 'input.removed', device: Device, what: string): Happening {
  return {
    name,
    message: `${device.name} ${what}`.slice(0, 200),
    details: { id: device.id, kind: device.kind },
  };
}
