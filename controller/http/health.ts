import { toError } from '@homeroom/protocol';
import type { FastifyInstance } from 'fastify';

/** Something that the controller cannot work without. */
export interface HealthCheck {
  readonly name: string;
  /** Settles when it answers. @throws with the reason when it does not */
  readonly check: () => Promise<void>;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly reason: string | null;
}

const checkTimeoutMs = 2_000;

/** Ask all at once. Never throws; what does not answer in time is not ok. */
export function runChecks(checks: readonly HealthCheck[]): Promise<CheckResult[]> {
  return Promise.all(checks.map(runCheck));
}

async function runCheck({ name, check }: HealthCheck): Promise<CheckResult> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  try {
    await Promise.race([check(), late]);
    return { name, ok: true, reason: null };
  } catch (caught) {
    return { name, ok: false, reason: toError(caught).message };
  } finally {
    clearTimeout(timer);
  }
}

/** `/healthz`: the process works. `/readyz`: what it depends on answers too; 503 and the reasons else. */
export function registerHealth(app: FastifyInstance, checks: readonly HealthCheck[]): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const results = await runChecks(checks);
    const isReady = results.every(({ ok }) => ok);
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', checks: results });
  });
}
