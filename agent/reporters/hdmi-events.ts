import type { Hdmi } from '@homeroom/protocol/wire';
import type { Happening } from './happening.ts';

/** @returns what happened to the connectors between two looks. */
export function hdmiEvents(before: Hdmi, after: Hdmi): Happening[] {
  const wasConnected = new Map(before.connectors.map(({ name, connected }) => [name, connected]));
  return after.connectors.flatMap(({ name, connected, monitor }) => {
    if ((wasConnected.get(name) ?? false) === connected) return [];
    const what = monitor ? `${monitor.vendor} ${monitor.product}`.trim() : 'a monitor';
    const details = { connector: name };
    const happening: Happening = connected
      ? { name: 'hdmi.connected', message: `${what} was plugged into ${name}`, details }
      : { name: 'hdmi.disconnected', message: `${name} was unplugged`, details };
    return [happening];
  });
}
