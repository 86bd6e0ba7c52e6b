/**
 * `npm run bench [-- name…]`: run each `test/bench/*.bench.ts` as a process of its own, one after the other, print its figures and write
 * them to docs/benchmarks.md.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchSection, replaceSection } from './bench-page.mjs';
import { packagesToBench } from './debian-packages.mjs';
import { formatSeconds } from './progress.mjs';
import { run, runForOutput } from './run.mjs';
import { root, setUp } from './set-up.mjs';
import { SetupProblem } from './setup-problem.mjs';

const benchTimeoutMs = 30 * 60_000;
const suffix = '.bench.ts';
const page = join(root, 'docs/benchmarks.md');

process.exitCode = await bench(process.argv.slice(2));

/**
 * @param {readonly string[]} wanted names; none means all
 * @returns {Promise<number>} the exit code
 */
async function bench(wanted) {
  try {
    const known = readdirSync(join(root, 'test/bench')).flatMap((file) =>
      file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : [],
    );
    const unknown = wanted.filter((name) => !known.includes(name));
    if (known.length === 0) throw new SetupProblem('There is no bench in test/bench.');
    if (unknown.length > 0) {
      throw new SetupProblem(`No bench is called ${unknown.join(', ')}. There are: ${known.join(', ')}`);
    }
    const { node, env, advice } = await setUp({ env: process.env, debianPackages: packagesToBench });
    if (advice) process.stderr.write(`\n${advice}\n`);
    let failures = 0;
    for (const name of wanted.length > 0 ? wanted : known) {
      if (!(await runBench(name, { node, env }))) failures += 1;
    }
    return failures > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 1;
  }
}

/**
 * @param {string} name
 * @param {{ node: string, env: NodeJS.ProcessEnv }} context
 * @returns {Promise<boolean>} whether it gave figures
 */
async function runBench(name, { node, env }) {
  process.stdout.write(`\n${name}\n`);
  const startedAt = performance.now();
  const { code, output } = await runForOutput(node, [join(root, 'test/bench', name + suffix)], {
    cwd: root,
    env,
    timeoutMs: benchTimeoutMs,
  });
  const result = code === 0 ? parseResult(output) : undefined;
  if (!result) {
    process.stderr.write(`${name} gave no figures (code ${code})\n`);
    return false;
  }
  const section = benchSection({ name, ...result }, await describeMachine(node));
  process.stdout.write(`${section}\n${name}: ${formatSeconds(performance.now() - startedAt)}\n`);
  writeFileSync(page, replaceSection(readFileSync(page, 'utf8'), name, section));
  return true;
}

/**
 * @param {string} output
 * @returns {{ title: string, figures: import('./bench-page.mjs').Figure[] } | undefined} undefined when its last line is no result
 */
function parseResult(output) {
  try {
    const result = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '');
    return typeof result.title === 'string' && Array.isArray(result.figures) ? result : undefined;
  } catch {
    // The bench printed something else last: the caller says that it gave no figures.
    return undefined;
  }
}

/**
 * @param {string} node
 * @returns {Promise<import('./bench-page.mjs').Machine>}
 */
async function describeMachine(node) {
  const version = await run(node, ['--version'], { timeoutMs: 10_000 });
  const commit = await run('git', ['describe', '--always', '--dirty'], { cwd: root, timeoutMs: 10_000 });
  const release = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'));
  return {
    processor: cpus()[0]?.model ?? 'unknown processor',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: release?.[1] ?? process.platform,
    node: version.output.trim().replace(/^v/, ''),
    date: new Date().toISOString().slice(0, 10),
    commit: commit.code === 0 ? commit.output.trim() : 'no commit',
  };
}
