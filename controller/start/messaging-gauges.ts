import type { GaugeSource } from '../http/metrics.ts';
import type { OpenFleet } from './open-fleet.ts';

/** What broker and fleet count by themselves. */
export function messagingGauges({ fleet, messaging }: Pick<OpenFleet, 'fleet' | 'messaging'>): GaugeSource[] {
  const { inbound } = messaging.link;
  return [
    {
      name: 'homeroom_mqtt_messages',
      help: 'Messages that reached the controller since its start: taken, or dropped and why.',
      label: 'outcome',
      read: async () => ({ taken: inbound.counters.taken, ...inbound.counters.dropped }),
    },
    {
      name: 'homeroom_mqtt_broker',
      help: 'The embedded broker: what stands now, and what it refused since its start.',
      label: 'what',
      read: async () => {
        const stats = messaging.broker?.stats();
        if (!stats) return {};
        const { publishesRefused, ...counts } = stats;
        const refused = Object.values(publishesRefused).reduce((sum, count) => sum + count, 0);
        return { ...counts, publishesRefused: refused };
      },
    },
    {
      name: 'homeroom_device_writes',
      help: 'Reported state of devices: written, refused, overflowed since the start, and what waits now.',
      label: 'what',
      read: async () => ({ ...fleet.store.counters, waiting: fleet.store.waitingCount }),
    },
  ];
}
