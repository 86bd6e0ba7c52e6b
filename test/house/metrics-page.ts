import { allMetrics } from '../support/all-metrics.ts';
import { code, generatedFrom, markdownTable } from './markdown.ts';

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
}

/** @returns the text of `docs/metrics.md`. */
export async function metricsPage(): Promise<string> {
  const { registry } = allMetrics();
  const types = new Map(
    [...(await registry.metrics()).matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [
      name,
      type,
    ]),
  );
  const rows = (registry.getMetricsAsArray() as unknown[] as Described[])
    .filter(({ name }) => name.startsWith('homeroom_'))
    .map(({ name, help, labelNames = [] }) => [
      code(name),
      types.get(name) ?? '',
      labelNames.map(code).join(' '),
      help,
    ])
    .sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
  return `${generatedFrom('what the controller measures')}

# Metrics

\`/metrics\` tells these to Prometheus, besides \`process_…\` and \`nodejs_…\` of the process itself. It wants an admin's bearer token, or a token with the scope
\`metrics:read\`; see \`HOMEROOM_METRICS\` in [configuration](configuration.md). Counts of records are asked of the database, so every process with the role \`api\` tells the
same: take their maximum. What a process does itself (requests, looks of its loops, calls of providers, bytes, connections) is to be added up; a process
without \`api\` tells it on its health port. [A Grafana board](../k3s/grafana/homeroom.json) shows them; import it and choose your Prometheus.

\`\`\`yaml
scrape_configs:
  - job_name: homeroom
    authorization: { credentials_file: /etc/prometheus/homeroom-token }
    static_configs: [{ targets: ['controller.example:8080'] }]
    scheme: https
\`\`\`

${markdownTable(['name', 'type', 'labels', 'what'], rows)}
`;
}
