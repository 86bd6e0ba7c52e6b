/**
 * A class sits down: thirty pupils sign in by password at the same moment, through the API, and what else asks the
 * controller meanwhile is answered. Then a school is imported, whose passwords are hashed the same way.
 */
import { printBenchResult } from './figures.ts';
import { startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { median, quantile } from './support/statistics.ts';

const pupils = 30;
const rounds = 10;
const schoolSize = 2_000;
const password = 'a password of theirs';
const lookEveryMs = 20;

await using folder = await makeBenchFolder();
await using controller = await startBenchController(folder.path);
const origin = `http://127.0.0.1:${controller.httpPort}`;
const names = Array.from({ length: pupils }, (_, number) => `pupil${number}`);
await importPeople(['username,password', ...names.map((name) => `${name},${password}`)]);

const classMs: number[] = [];
const healthMs: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const watch = watchHealth();
  const startedAt = performance.now();
  await Promise.all(names.map(signIn));
  classMs.push(performance.now() - startedAt);
  healthMs.push(...(await watch.stop()));
}
const importStartedAt = performance.now();
await importPeople(['username', ...Array.from({ length: schoolSize }, (_, number) => `school${number}`)]);
const importS = (performance.now() - importStartedAt) / 1_000;

printBenchResult({
  title: 'A class signs in by password (Argon2id: 19 MiB, 2 passes)',
  figures: [
    {
      what: `${pupils} pupils at once, until the last is in, median`,
      value: median(classMs),
      unit: 'ms',
      target: '≤ 2000 ms',
    },
    {
      what: `${pupils} pupils at once, until the last is in, slowest of ${rounds}`,
      value: Math.max(...classMs),
      unit: 'ms',
      target: '≤ 2000 ms',
    },
    { what: 'another request meanwhile, p95', value: quantile(healthMs, 0.95), unit: 'ms' },
    { what: `${schoolSize} people imported, each with a password that was made`, value: importS, unit: 's' },
  ],
});

async function signIn(username: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ username, password });
  const response = await fetch(`${origin}/api/v1/sign-in`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${username} was refused: ${await response.text()}`);
  await response.arrayBuffer();
}

async function importPeople(lines: readonly string[]): Promise<void> {
  await controller.ask('POST', '/users/import', { text: lines.join('\n') });
}

/** Ask something small again and again: it waits as long as the event loop is busy. */
function watchHealth(): { stop: () => Promise<number[]> } {
  const seenMs: number[] = [];
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      const startedAt = performance.now();
      await (await fetch(`${origin}/healthz`)).arrayBuffer();
      seenMs.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  };
  const looking = look();
  const stop = async (): Promise<number[]> => {
    isOver = true;
    await looking;
    return seenMs;
  };
  return { stop };
}
