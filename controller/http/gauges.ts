import type { Database } from '../store/database.ts';
import type { GaugeSource } from './metrics.ts';

/** Counts of records, asked of the database when Prometheus looks. */
export function databaseGauges(db: Database): GaugeSource[] {
  const counts = async (sql: string) => {
    const rows = await db.query<{ label: string; count: number }>(sql);
    return Object.fromEntries(rows.map(({ label, count }) => [label, count]));
  };
  return [
    {
      name: 'homeroom_sessions',
      help: 'Sessions that have not ended, by state.',
      label: 'state',
      read: () =>
        counts(
          `select state as label, count(*) as count from sessions where state <> 'ended' group by state`,
        ),
    },
    {
      name: 'homeroom_desktops',
      help: 'Desktops that are not gone, by state.',
      label: 'state',
      read: () =>
        counts(`select state as label, count(*) as count from desktops where state <> 'gone' group by state`),
    },
    {
      name: 'homeroom_devices',
      help: 'Devices, by connection.',
      label: 'connection',
      read: () =>
        counts(`select case when revoked_at is not null then 'revoked' else coalesce(state->>'state', 'never') end as label,
          count(*) as count from devices group by 1`),
    },
  ];
}
