import { type MetricSource, samplesBy } from '../http/metrics.ts';

/** What the reconciler of power counts by itself. */
export interface PowerCounts {
  /** Undefined in processes without the broker. */
  readonly power:
    | undefined
    | { readonly counters: Readonly<Record<'finished' | 'failed' | 'sent' | 'unsent', number>> };
}

/** How changes of power end, and whether relays can be reached. */
export function powerSources({ power }: PowerCounts): MetricSource[] {
  const counters = () => power?.counters ?? { finished: 0, failed: 0, sent: 0, unsent: 0 };
  return [
    {
      kind: 'counter',
      name: 'homeroom_power_changes_total',
      help: 'Changes of power that ended: carried out, or given up.',
      labels: ['outcome'],
      read: async () => {
        const { finished, failed } = counters();
        return samplesBy('outcome', { finished, failed });
      },
    },
    {
      kind: 'counter',
      name: 'homeroom_relay_commands_total',
      help: 'Commands to relays: sent, or not to be sent for a fault.',
      labels: ['outcome'],
      read: async () => {
        const { sent, unsent } = counters();
        return samplesBy('outcome', { sent: sent - unsent, failed: unsent });
      },
    },
  ];
}
