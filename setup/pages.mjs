import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from './project-node.mjs';
import { run } from './run.mjs';
import { SetupProblem } from './setup-problem.mjs';

const buildTimeoutMs = 5 * 60_000;

/** What the pages are built from. */
const sources = ['controller/web', 'protocol', 'package-lock.json'];
const notSources = new Set(['dist', 'node_modules']);

/**
 * Build the web pages when one of their sources is newer than what was built.
 *
 * @param {import('./set-up.mjs').SetUpContext} context
 * @throws {SetupProblem} when Vite fails
 */
export async function buildPages({ root, env, logFile, progress }) {
  const web = join(root, 'controller/web');
  const built = join(web, 'dist/index.html');
  const builtAtMs = existsSync(built) ? statSync(built).mtimeMs : 0;
  if (builtAtMs >= Math.max(...sources.map((source) => newestChangeMs(join(root, source))))) return;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await progress.step('web pages', async () => {
    const { code, output } = await run(projectNode(root), [vite, 'build'], {
      cwd: web,
      env,
      logFile,
      timeoutMs: buildTimeoutMs,
    });
    if (code !== 0) throw new SetupProblem(`Vite could not build the pages:\n${output.trimEnd()}`);
  });
}

/**
 * @param {string} path a file or a folder
 * @returns {number} the latest change of any file below, in milliseconds since 1970
 */
function newestChangeMs(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const below = readdirSync(path)
    .filter((name) => !notSources.has(name))
    .map((name) => newestChangeMs(join(path, name)));
  return Math.max(0, ...below);
}
