import { desktopStates, findingKinds, sessionStates } from '@homeroom/protocol';
import type { ConnectionCounts, Database } from '../store/database.ts';
import { type MetricSource, type Sample, samplesBy } from './metrics.ts';
import { streamSources } from './stream-sources.ts';

const sessionsSql = `select state as label, count(*) as count from sessions where state <> 'ended' group by state`;
const desktopsSql = `select state as label, count(*) as count from desktops where state <> 'gone' group by state`;
const devicesSql = `
select case when revoked_at is not null then 'revoked' else coalesce(state->>'state', 'never') end as label,
  count(*) as count from devices group by 1`;

const poolsSql = `
select p.template_id as template, d.state, count(d.id) as count
from pools p join desktops d on d.template_id = p.template_id and d.state in ('creating', 'cold', 'warming', 'ready', 'cooling', 'failed')
group by 1, 2`;

const boundsSql = `
select template_id as template, 'warm_minimum' as bound, warm_minimum as count from pools
union all select template_id, 'cold_minimum', cold_minimum from pools
union all select template_id, 'maximum', maximum from pools`;

const queueSql = `
select t.id as template, count(s.id) as count, coalesce(extract(epoch from now() - min(s.created_at)), 0)::float8 as oldest
from templates t left join sessions s on s.template_id = t.id and s.state = 'waiting'
where t.withdrawn_at is null group by 1`;

/** Counts of records, asked of the database when Prometheus looks. */
export function databaseSources(db: Database): MetricSource[] {
  /** States without a record are told as 0: a line that ends looks like a fault. */
  const counts = async (sql: string, states: readonly string[]) => {
    const rows = await db.query<{ label: string; count: number }>(sql);
    const found = Object.fromEntries(rows.map(({ label, count }) => [label, count]));
    return { ...Object.fromEntries(states.map((state) => [state, 0])), ...found };
  };
  const byState = (
    name: MetricSource['name'],
    help: string,
    sql: string,
    states: readonly string[],
  ): MetricSource => ({
    kind: 'gauge',
    name,
    help,
    labels: ['state'],
    read: async () => samplesBy('state', await counts(sql, states)),
  });
  return [
    byState(
      'homeroom_sessions',
      'Sessions that have not ended, by state.',
      sessionsSql,
      sessionStates.filter((state) => state !== 'ended'),
    ),
    byState(
      'homeroom_desktops',
      'Desktops that are not gone, by state.',
      desktopsSql,
      desktopStates.filter((state) => state !== 'gone'),
    ),
    {
      kind: 'gauge',
      name: 'homeroom_devices',
      help: 'Devices, by connection.',
      labels: ['connection'],
      read: async () => samplesBy('connection', await counts(devicesSql, [])),
    },
    ...poolSources(db),
    ...queueSources(db),
    ...findingSources(db),
    ...streamSources(db),
  ];
}

function poolSources(db: Database): MetricSource[] {
  const read = async (sql: string, label: 'state' | 'bound'): Promise<Sample[]> => {
    const rows = await db.query<{ template: string; state: string; bound: string; count: number }>(sql);
    return rows.map((row) => ({ labels: { template: row.template, [label]: row[label] }, value: row.count }));
  };
  return [
    {
      kind: 'gauge',
      name: 'homeroom_pool_desktops',
      help: 'Never used desktops of each pool, by state: ready ones run, cold ones are stopped.',
      labels: ['template', 'state'],
      read: () => read(poolsSql, 'state'),
    },
    {
      kind: 'gauge',
      name: 'homeroom_pool_bounds',
      help: 'How many desktops each pool shall have: its warm_minimum, cold_minimum and maximum.',
      labels: ['template', 'bound'],
      read: () => read(boundsSql, 'bound'),
    },
  ];
}

function queueSources(db: Database): MetricSource[] {
  const read = async (column: 'count' | 'oldest'): Promise<Sample[]> => {
    const rows = await db.query<{ template: string; count: number; oldest: number }>(queueSql);
    return rows.map((row) => ({ labels: { template: row.template }, value: row[column] }));
  };
  return [
    {
      kind: 'gauge',
      name: 'homeroom_queue_sessions',
      help: 'Sessions that wait for a desktop, by template.',
      labels: ['template'],
      read: () => read('count'),
    },
    {
      kind: 'gauge',
      name: 'homeroom_queue_oldest_seconds',
      help: 'How long the first in the queue of each template has waited; 0 without a queue.',
      labels: ['template'],
      read: () => read('oldest'),
    },
  ];
}

const findingsSql = `
select kind, coalesce(provider, '') as provider, count(*) as count from findings where mended_at is null group by 1, 2`;
const foundSql = 'select kind, found as count from finding_totals';

function findingSources(db: Database): MetricSource[] {
  /** A kind of which nothing was found is told as 0, so that an alert can look at it. */
  const none = (rows: readonly { kind: string }[]) =>
    findingKinds.filter((kind) => !rows.some((row) => row.kind === kind));
  return [
    {
      kind: 'gauge',
      name: 'homeroom_findings',
      help: 'Findings of the sweepers that stand: missing, foreign, stuck and forgotten; the provider is empty where none has to do with it.',
      labels: ['kind', 'provider'],
      read: async () => {
        const rows = await db.query<{ kind: string; provider: string; count: number }>(findingsSql);
        return [
          ...rows.map(({ kind, provider, count }) => ({ labels: { kind, provider }, value: count })),
          ...none(rows).map((kind) => ({ labels: { kind, provider: '' }, value: 0 })),
        ];
      },
    },
    {
      kind: 'counter',
      name: 'homeroom_findings_found_total',
      help: 'Findings of the sweepers since the database was made, by all processes, by kind.',
      labels: ['kind'],
      read: async () => {
        const rows = await db.query<{ kind: string; count: number }>(foundSql);
        return [
          ...rows.map(({ kind, count }) => ({ labels: { kind }, value: count })),
          ...none(rows).map((kind) => ({ labels: { kind }, value: 0 })),
        ];
      },
    },
  ];
}

/** The process's own connections to the database. */
export function connectionSource(connections: () => ConnectionCounts): MetricSource {
  return {
    kind: 'gauge',
    name: 'homeroom_database_connections',
    help: 'Connections of this process to the database: busy, idle, the most there may be (limit), and statements that wait for one (waiting).',
    labels: ['state'],
    read: async () => samplesBy('state', { ...connections() }),
  };
}
