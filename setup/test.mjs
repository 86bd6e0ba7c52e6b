/** `npm test`: set up what is missing, then every stage until one fails. The last line sums the tests up. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagesToTest } from './debian-packages.mjs';
import { formatSeconds } from './progress.mjs';
import { runInForeground } from './run.mjs';
import { root, setUp } from './set-up.mjs';
import { SetupProblem } from './setup-problem.mjs';
import { judgeStage, stages, sumCounts, summaryOf } from './stages.mjs';

process.exitCode = await test();

/** @returns {Promise<number>} the exit code */
async function test() {
  const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-'));
  try {
    const { node, env, advice } = await setUp({ env: process.env, debianPackages: packagesToTest });
    if (advice) process.stderr.write(`\n${advice}\nTests that need them will be skipped.\n`);
    return await runStages({ node, env, countFile: join(folder, 'count.json') });
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.stdout.write(summaryOf({ passed: 0, failed: 1, skipped: [] }));
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ node: string, env: NodeJS.ProcessEnv, countFile: string }} context
 * @returns {Promise<number>} the exit code
 */
async function runStages({ node, env, countFile }) {
  /** @type {import('./stages.mjs').StageCount[]} */
  const counts = [];
  for (const stage of stages) {
    process.stdout.write(`\n${stage.name}\n`);
    const startedAt = performance.now();
    const [program = '', ...args] = stage.command;
    const exitCode = await runInForeground(node, [join(root, 'node_modules/.bin', program), ...args], {
      cwd: root,
      // The terminal tells it SIGINT; told twice, vitest would leave its own children behind.
      passOn: ['SIGTERM'],
      // With CI set, vitest compares the reference pages with the code and never writes them.
      env: {
        ...env,
        CI: '1',
        STAGE_COUNT_FILE: countFile,
        ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
      },
    });
    const count = judgeStage(stage, exitCode, stage.hasTests ? takeCount(countFile) : undefined);
    counts.push(count);
    const verdict = count.failed > 0 ? 'failed' : 'passed';
    process.stdout.write(`${stage.name}: ${verdict} in ${formatSeconds(performance.now() - startedAt)}\n`);
    if (count.failed > 0) break;
  }
  const total = sumCounts(counts);
  process.stdout.write(`\n${summaryOf(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {string} file
 * @returns {import('./stages.mjs').StageCount | undefined} undefined when vitest wrote none
 */
function takeCount(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Vitest ended before its reporter: its exit code tells that it failed.
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
