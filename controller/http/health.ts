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
const stopping: CheckResult = { name: 'running', ok: false, reason: 'the process stops' };

/** Ask all at once. Never throws; what does not answer in time is not ok. */
export function runChecks(checks: readonly HealthCheck[]): Promise<CheckResult[]> {
  return Promise.all(checks.map(runCheck));
}

async function runCheck({ name, check }: HealthCheck): Promise<CheckResult> {
  try {
    await inTime(check);
    return { name, ok: true, reason: null };
  } catch (caught) {
    return { name, ok: false, reason: toError(caught).message };
  }
}

/** @returns the facts; nothing when they cannot be told in time: why stands in the checks */
async function tellOf(about: NonNullable<Health['about']>): Promise<Readonly<Record<string, unknown>>> {
  return inTime(about).catch(() => ({}));
}

async function inTime<T>(work: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a process says of itself. */
export interface Health {
  readonly checks: readonly HealthCheck[];
  /** Facts for whoever looks; they make it neither ready nor not. */
  readonly about?: () => Promise<Readonly<Record<string, unknown>>>;
  readonly isStopping: () => boolean;
}

/**
 * `/healthz`, and `/health` by another name: the process works. `/readyz`: what it depends on answers too; 503 and the
 * reasons else, and as soon as the process is told to stop.
 */
export function registerHealth(app: FastifyInstance, { checks, about, isStopping }: Health): void {
  for (const path of ['/healthz', '/health']) app.get(path, async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const [answers, facts] = await Promise.all([runChecks(checks), about && tellOf(about)]);
    const results = isStopping() ? [...answers, stopping] : answers;
    const isReady = results.every(({ ok }) => ok);
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', checks: results, ...facts });
  });
}
