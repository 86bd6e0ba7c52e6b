import type { Queryable } from '../store/database.ts';
import { type MetricSource, samplesBy } from './metrics.ts';

const viewsSql = `select purpose as label, count(*) as count from stream_views where expires_at > now() group by purpose`;
const broadcastsSql = 'select count(*) as count from live_broadcasts';

/** Those who look at desktops of others, asked of the database when Prometheus looks. */
export function streamSources(db: Queryable): MetricSource[] {
  return [
    {
      kind: 'gauge',
      name: 'homeroom_stream_views',
      help: 'Open streams beside those of desktops’ own users: teachers who look (watch) or help (control), and seats that show a broadcast.',
      labels: ['purpose'],
      read: async () => {
        const rows = await db.query<{ label: string; count: number }>(viewsSql);
        const found = Object.fromEntries(rows.map(({ label, count }) => [label, count]));
        return samplesBy('purpose', { watch: 0, control: 0, broadcast: 0, ...found });
      },
    },
    {
      kind: 'gauge',
      name: 'homeroom_broadcasts',
      help: 'Desktops that are shown to a room now.',
      labels: [],
      read: async () => {
        const [row] = await db.query<{ count: number }>(broadcastsSql);
        return [{ labels: {}, value: row?.count ?? 0 }];
      },
    },
  ];
}
