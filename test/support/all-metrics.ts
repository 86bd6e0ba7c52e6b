import { connectionSource, databaseSources } from '@homeroom/controller/http/metric-sources.ts';
import { Metrics } from '@homeroom/controller/http/metrics.ts';
import { messagingSources } from '@homeroom/controller/start/messaging-sources.ts';
import { powerSources } from '@homeroom/controller/start/power-sources.ts';

/** Everything that a controller measures; nothing stands behind what is asked for. */
export function allMetrics(): Metrics {
  const metrics = new Metrics();
  const nobody = () => Promise.reject(new Error('nobody is asked here'));
  const db = {
    query: nobody,
    transaction: nobody,
    together: nobody,
    isTogether: false,
    afterCommit: nobody,
    ping: nobody,
    stop: nobody,
  };
  const inbound = { counters: { taken: 0, dropped: {} } };
  const sources = [
    ...databaseSources(db),
    connectionSource(() => ({ busy: 0, idle: 0, limit: 0, waiting: 0 })),
    ...messagingSources({
      fleet: { store: { counters: { written: 0 }, waitingCount: 0 } },
      messaging: { link: { inbound }, broker: undefined },
    }),
    ...powerSources({ power: undefined }),
  ];
  for (const source of sources) metrics.source(source);
  return metrics;
}
