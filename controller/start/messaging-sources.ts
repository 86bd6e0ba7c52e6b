import { type MetricSource, samplesBy } from '../http/metrics.ts';

/** What counts there. */
export interface MessagingCounts {
  readonly fleet: {
    readonly store: { readonly counters: Readonly<Record<string, number>>; readonly waitingCount: number };
  };
  readonly messaging: {
    readonly link: {
      readonly inbound: {
        readonly counters: { readonly taken: number; readonly dropped: Readonly<Record<string, number>> };
      };
    };
    readonly broker:
      | undefined
      | {
          stats(): {
            readonly connections: number;
            readonly retainedMessages: number;
            readonly connectionsRefused: number;
            readonly publishesRefused: Readonly<Record<string, number>>;
          };
        };
  };
}

/** What broker and fleet count by themselves. */
export function messagingSources({ fleet, messaging }: MessagingCounts): MetricSource[] {
  const { inbound } = messaging.link;
  const stats = () => messaging.broker?.stats();
  return [
    {
      kind: 'counter',
      name: 'homeroom_mqtt_messages_total',
      help: 'Messages that reached the controller: taken, or dropped and why.',
      labels: ['outcome'],
      read: async () => samplesBy('outcome', { taken: inbound.counters.taken, ...inbound.counters.dropped }),
    },
    {
      kind: 'gauge',
      name: 'homeroom_mqtt_connections',
      help: 'Clients that are connected to the embedded broker.',
      labels: [],
      read: async () => [{ labels: {}, value: stats()?.connections ?? 0 }],
    },
    {
      kind: 'gauge',
      name: 'homeroom_mqtt_retained_messages',
      help: 'Messages that the embedded broker keeps.',
      labels: [],
      read: async () => [{ labels: {}, value: stats()?.retainedMessages ?? 0 }],
    },
    {
      kind: 'counter',
      name: 'homeroom_mqtt_refusals_total',
      help: 'What the embedded broker refused: connections, and publishes by why.',
      labels: ['what'],
      read: async () => {
        const { connectionsRefused = 0, publishesRefused = {} } = stats() ?? {};
        return samplesBy('what', { connection: connectionsRefused, ...publishesRefused });
      },
    },
    {
      kind: 'counter',
      name: 'homeroom_device_writes_total',
      help: 'Reported state of devices: written, refused, or overflowed while the database was away.',
      labels: ['outcome'],
      read: async () => samplesBy('outcome', { ...fleet.store.counters }),
    },
    {
      kind: 'gauge',
      name: 'homeroom_device_writes_waiting',
      help: 'Reported state of devices that waits to be written.',
      labels: [],
      read: async () => [{ labels: {}, value: fleet.store.waitingCount }],
    },
  ];
}
