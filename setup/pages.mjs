import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode } from './project-node.mjs';
import { run } from './run.mjs';
import { SetupProblem } from './setup-problem.mjs';

const buildTimeoutMs = 5 * 60_000;

/** What is built from what: the pages of the controller, and the widgets of the teacher's dashboard. */
const builds = [
  {
    title: 'web pages',
    folder: 'controller/web',
    built: 'controller/web/dist/index.html',
    sources: ['controller/web', 'protocol', 'package-lock.json'],
  },
  {
    title: 'dashboard widgets',
    folder: 'flows/palette/ui',
    built: 'flows/palette/resources/homeroom-widgets.js',
    sources: ['flows/palette/ui', 'controller/web/shared', 'protocol', 'package-lock.json'],
  },
];
const notSources = new Set(['dist', 'node_modules']);

/**
 * Build the web pages and the dashboard's widgets when one of their sources is newer than what was built.
 *
 * @param {import('./set-up.mjs').SetUpContext} context
 * @throws {SetupProblem} when Vite fails
 */
export async function buildPages(context) {
  for (const build of builds) await buildWhenOld(build, context);
}

/**
 * @param {(typeof builds)[number]} build
 * @param {import('./set-up.mjs').SetUpContext} context
 */
async function buildWhenOld({ title, folder, built, sources }, { root, env, logFile, progress }) {
  const result = join(root, built);
  const builtAtMs = existsSync(result) ? statSync(result).mtimeMs : 0;
  if (builtAtMs >= Math.max(...sources.map((source) => newestChangeMs(join(root, source))))) return;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await progress.step(title, async () => {
    const { code, output } = await run(projectNode(root), [vite, 'build'], {
      cwd: join(root, folder),
      env,
      logFile,
      timeoutMs: buildTimeoutMs,
    });
    if (code !== 0) throw new SetupProblem(`Vite could not build the ${title}:\n${output.trimEnd()}`);
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
