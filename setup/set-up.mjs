import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian-packages.mjs';
import { takeLock } from './lock.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { buildPages } from './pages.mjs';
import { Progress } from './progress.mjs';
import { projectNode } from './project-node.mjs';

const lockTimeoutMs = 30 * 60_000;

/**
 * @typedef {object} SetUpContext
 * @property {string} root the checkout
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile where the output of npm, apt-get and Vite goes
 * @property {Progress} progress
 *
 * @typedef {object} SetUp
 * @property {string} root the checkout
 * @property {string} node the Node that runs Homeroom
 * @property {NodeJS.ProcessEnv} env finds that Node and the project's programs first
 * @property {string | undefined} advice what the person has to install by hand
 */

/** The folder of this checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Make everything ready that Homeroom needs on this machine: npm packages, the project's Node, Debian packages, the
 * built pages. Quiet and quick when nothing is to do. May be repeated, also by several at once: they wait for each other.
 *
 * @param {{ env: NodeJS.ProcessEnv, debianPackages: readonly string[] }} options
 * @returns {Promise<SetUp>}
 * @throws {import('./setup-problem.mjs').SetupProblem} when a piece failed without which nothing can start
 */
export async function setUp({ env, debianPackages }) {
  const progress = new Progress();
  const logFile = join(root, '.homeroom/set-up.log');
  mkdirSync(dirname(logFile), { recursive: true });
  const context = { root, env, logFile, progress };
  const free = await takeLock(root, {
    onWait: () => progress.note('Another set-up of this checkout is at work; waiting for it.'),
    timeoutMs: lockTimeoutMs,
  });
  try {
    await installNpmPackages(context);
    const advice = await installDebianPackages(context, debianPackages);
    await buildPages(context);
    return { root, node: projectNode(root), env: environmentOf(env), advice };
  } finally {
    free();
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} finds the project's programs first; and from the second start on Node takes our TypeScript, stripped
 * and compiled, from a cache, which saves each process 30 MB and some 300 ms
 */
function environmentOf(env) {
  return {
    ...env,
    PATH: `${join(root, 'node_modules/.bin')}:${env.PATH ?? ''}`,
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/homeroom'),
  };
}
