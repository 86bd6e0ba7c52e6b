import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config-keys.ts';
import { hasRole } from './access.ts';
import type { Callers } from './callers.ts';
import type { Metrics } from './metrics.ts';
import { isLoopback } from './port-listener.ts';
import { refuseWithoutScope } from './scope-guard.ts';

export interface MetricsRouteOptions {
  readonly isOpenTo: Config['metrics'];
  readonly metrics: Metrics;
  readonly callers: Callers;
  /** Bounds the wait for a database that is silent. */
  readonly bounded: <T>(work: () => Promise<T>) => Promise<T>;
}

/** `/metrics`: an admin's bearer token is needed; of this machine only where the configuration trusts all of its users. */
export function registerMetrics(app: FastifyInstance, options: MetricsRouteOptions): void {
  const { isOpenTo, metrics, bounded } = options;
  app.get('/metrics', async (request, reply) => {
    // A reverse proxy on this machine speaks for others.
    const isForwarded = request.headers['x-forwarded-for'] !== undefined;
    if (isOpenTo !== 'loopback' || !isLoopback(request.ip) || isForwarded) await admit(request, options);
    const text = await bounded(() => metrics.registry.metrics());
    return reply.type(metrics.registry.contentType).send(text);
  });
}

async function admit(request: FastifyRequest, { callers, bounded }: MetricsRouteOptions): Promise<void> {
  const { headers, cookies, ip, protocol } = request;
  if (protocol !== 'https' && !isLoopback(ip)) throw new HomeroomError('not_allowed', 'this needs https');
  const caller = await bounded(() => callers.identify(headers, cookies, ip));
  if (!caller.person) throw new HomeroomError('sign_in_required');
  if (!hasRole(caller, 'admin')) throw new HomeroomError('not_allowed', 'this needs the role admin');
  refuseWithoutScope(caller, { area: 'metrics', isChange: false });
}
