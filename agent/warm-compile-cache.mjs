/**
 * Fills Node's compile cache before the agent runs, so that its very first start is as small as the later ones.
 * Plain JavaScript: whoever calls this has not loaded a TypeScript file yet.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const questionTimeoutMs = 30_000;
/** What the agent loads when a device needs it. None does work at import. */
const parts = [
  () => import('./kiosk/kiosk.ts'),
  () => import('./host/desktop-host.ts'),
  () => import('@homeroom/hardware/linux-board.ts'),
  () => import('@homeroom/hardware/simulated/simulated-board.ts'),
];
const sources = ['agent', 'hardware', 'protocol'];

/**
 * @param {object} options
 * @param {string} options.cacheDir where `enableCompileCache` keeps it
 * @param {readonly string[]} options.command the agent's own: Node, its options, the program
 * @param {string} options.nodeVersion
 * @returns {Promise<boolean>} whether it was cold and is warm now: then this process holds what only a cold start
 * needs, and should replace itself. False where the cache cannot be written, too.
 */
export async function warmCompileCache({ cacheDir, command, nodeVersion }) {
  const mark = join(cacheDir, `warm-${sourcesKey(nodeVersion)}`);
  if (statSync(mark, { throwIfNoEntry: false })) return false;
  try {
    await Promise.all([askVersion(command), ...parts.map((load) => load())]);
    module.flushCompileCache();
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(mark, '');
    return true;
  } catch {
    // A full disk, or a broken installation, which the agent itself tells better.
    return false;
  }
}

/**
 * `main.ts` works at import; asked for its version, it loads everything and does nothing else.
 *
 * @param {readonly string[]} command
 */
async function askVersion([node = '', ...args]) {
  await promisify(execFile)(node, [...args, '--version'], { timeout: questionTimeoutMs });
}

/**
 * @param {string} nodeVersion
 * @returns {string} another one after each update of the sources or of Node
 */
function sourcesKey(nodeVersion) {
  const hash = createHash('sha256').update(nodeVersion);
  for (const folder of sources) {
    const root = resolve(import.meta.dirname, '..', folder);
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!file.endsWith('.ts') || file.includes('node_modules')) continue;
      hash.update(`${file} ${statSync(join(root, file)).mtimeMs}`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
