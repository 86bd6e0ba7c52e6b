/** Names as Prometheus wants them (the rules of `promtool check metrics`), and a board that asks for nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allMetrics } from '../support/all-metrics.ts';
import { root } from './source-files.ts';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly labelNames?: readonly string[];
}

const { registry } = allMetrics();
const described = registry.getMetricsAsArray() as unknown[] as Metric[];
const typeOf = new Map<string, string>();
for (const line of (await registry.metrics()).split('\n')) {
  const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
  if (name && type) typeOf.set(name, type);
}
const own = described.filter(({ name }) => name.startsWith('homeroom_'));

/** Prometheus measures in seconds, bytes and shares. */
const otherUnits =
  /_(?:ms|milliseconds|minutes|hours|days|kb|mb|mib|kilobytes|megabytes|percent|s|sec|min)(?:_|$)/;

describe('the names of metrics', () => {
  it('are of one form, each with its help', () => {
    expect(own.length).toBeGreaterThan(20);
    for (const { name, help } of own) {
      expect(name).toMatch(/^homeroom(?:_[a-z0-9]+)+$/);
      expect(name).not.toMatch(otherUnits);
      expect(name, 'its type is told beside it').not.toMatch(/_(?:gauge|counter|histogram|summary)(?:_|$)/);
      expect(help).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('end in _total for counters alone, and never as a histogram’s parts do', () => {
    for (const { name } of own) {
      expect(name.endsWith('_total'), name).toBe(typeOf.get(name) === 'counter');
      expect(name).not.toMatch(/_(?:count|sum|bucket|info)$/);
      if (typeOf.get(name) === 'histogram') expect(name).toMatch(/_seconds$|_bytes$/);
    }
  });

  it('have labels of one form that are not kept for others', () => {
    for (const { labelNames = [] } of own) {
      for (const label of labelNames) {
        expect(label).toMatch(/^[a-z][a-z_]*$/);
        expect(['le', 'quantile', 'job', 'instance']).not.toContain(label);
      }
    }
  });
});

describe('the Grafana board', () => {
  const board = readFileSync(join(root, 'k3s/grafana/homeroom.json'), 'utf8');
  const queries = [...board.matchAll(/"(?:expr|query)": "((?:[^"\\]|\\.)*)"/g)].map(
    ([, query]) => query ?? '',
  );
  const asked = new Set(
    queries.flatMap((query) => query.match(/\b(?:homeroom|process|nodejs)_[a-z0-9_]+/g) ?? []),
  );

  it('asks only for metrics that there are', () => {
    const known = new Set(
      [...typeOf].flatMap(([name, type]) =>
        type === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => `${name}${part}`) : [name],
      ),
    );
    expect(asked.size).toBeGreaterThan(15);
    expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const shown = [...asked].map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
    const missing = own.filter(({ name }) => !shown.includes(name)).map(({ name }) => name);
    expect(missing).toEqual([
      'homeroom_mqtt_connections',
      'homeroom_mqtt_retained_messages',
      'homeroom_device_writes_total',
      'homeroom_power_changes_total',
      'homeroom_relay_commands_total',
    ]);
  });
});
