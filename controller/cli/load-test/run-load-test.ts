/**
 * One load test against a running controller: lay out, ask, wait, count. What was made is removed again whatever
 * happens, an interrupt included.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadTest, loadTest, type StartedLoadTest, startedLoadTest, toError } from '@homeroom/protocol';
import * as v from 'valibot';
import type { ApiClient } from '../api-client.ts';
import { CliFault } from '../cli-fault.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ProgressBar } from '../progress-bar.ts';
import { type Answered, askInOneBurst } from './ask-in-one-burst.ts';
import type { KeepAliveConnection } from './keep-alive-connection.ts';
import { type LoadFigures, loadFigures } from './load-figures.ts';

/** The controller takes 2,000 from one address: pages of people there shall find room too. */
const maxConnections = 1_500;
/** A server takes so many at once without refusing any. */
const openedAtOnce = 100;
const lookEveryMs = 200;
/** For all desktops to be made, and for all sessions to be served. */
const patienceMs = 120_000;

export interface LoadTestOptions {
  readonly api: ApiClient;
  readonly users: number;
  /** One of the simulated provider; undefined for one that is made for the test. */
  readonly template: string | undefined;
  readonly progress: ProgressBar;
  readonly stopping: AbortSignal;
}

export interface LoadTestResult {
  readonly figures: LoadFigures;
  /** Why users were refused, and how many. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** @throws CliFault: 3 when nobody answers, 1 when the controller refuses or the test was interrupted */
export async function runLoadTest(options: LoadTestOptions): Promise<LoadTestResult> {
  const { api, users, template, stopping } = options;
  const started = await api.call('POST', '/load-tests', startedLoadTest, { users, template });
  try {
    return await measure(options, started);
  } catch (caught) {
    if (!stopping.aborted) throw caught;
    throw new CliFault(exitCodes.failed, 'The load test was interrupted.', { cause: caught });
  } finally {
    options.progress.end();
    await api.call('DELETE', `/load-tests/${started.id}`, v.undefined());
  }
}

async function measure(options: LoadTestOptions, started: StartedLoadTest): Promise<LoadTestResult> {
  const { users, template, progress, stopping } = options;
  if (template === undefined) {
    await watch(options, started.id, ({ ready }) => {
      progress.show('Desktops made  ', Math.min(ready, users), users);
      return ready >= users;
    });
  }
  const connections = await openConnections(options.api, Math.min(users, maxConnections), stopping);
  const answers = await ask(options, started, connections);
  const taken = answers.filter(({ refusal }) => refusal === null).length;
  const { sessions } = await watch(options, started.id, ({ sessions }) => {
    const settled = sessions.filter(
      ({ assignedAt, state }) => assignedAt !== null || state === 'ended',
    ).length;
    progress.show('Users served   ', settled, users);
    return settled >= taken;
  });
  return { figures: loadFigures(users, answers, sessions), refusals: countRefusals(answers) };
}

async function ask(
  { users, progress, stopping }: LoadTestOptions,
  started: StartedLoadTest,
  connections: readonly KeepAliveConnection[],
): Promise<Answered[]> {
  const closeAll = () => {
    for (const connection of connections) connection.close();
  };
  stopping.addEventListener('abort', closeAll, { once: true });
  try {
    return await askInOneBurst(connections, started, (answered) =>
      progress.show('Users answered ', answered, users),
    );
  } finally {
    stopping.removeEventListener('abort', closeAll);
    closeAll();
    stopping.throwIfAborted();
  }
}

async function openConnections(
  api: ApiClient,
  count: number,
  stopping: AbortSignal,
): Promise<KeepAliveConnection[]> {
  const opened: KeepAliveConnection[] = [];
  try {
    while (opened.length < count) {
      const more = Math.min(openedAtOnce, count - opened.length);
      opened.push(...(await Promise.all(Array.from({ length: more }, () => api.openConnection(stopping)))));
    }
    return opened;
  } catch (caught) {
    for (const connection of opened) connection.close();
    throw new CliFault(exitCodes.unreachable, `No connection: ${toError(caught).message}`, { cause: caught });
  }
}

/** @returns the first look that satisfies, or the last one before patience ends */
async function watch(
  { api, stopping }: LoadTestOptions,
  id: string,
  isDone: (seen: LoadTest) => boolean,
): Promise<LoadTest> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    stopping.throwIfAborted();
    const seen = await api.call('GET', `/load-tests/${id}`, loadTest);
    if (isDone(seen) || performance.now() > deadline) return seen;
    await sleep(lookEveryMs, undefined, { signal: stopping });
  }
}

function countRefusals(answers: readonly Answered[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { refusal } of answers)
    if (refusal !== null) counts.set(refusal, (counts.get(refusal) ?? 0) + 1);
  return counts;
}
