/**
 * Fills Node's compile cache before the agent runs, so that its very first start is as small as the later ones.
 * Plain JavaScript: whoever calls this has not loaded a TypeScript file yet.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const questionTimeoutMs = 30_000;
/** What the agent loads when a device needs it. None does work at import. */
const parts = [
  () => import('./kiosk/kiosk.ts'),
  () => import('./host/desktop-host.ts'),
  () => import('@homeroom/hardware/linux-board.ts'),
  () => import('@homeroom/hardware/simulated/simulated-board.ts'),
  () => import('mqtt'),
];
const sources = ['agent', 'hardware', 'protocol'];

/**
 * @param {string} cacheDir where `enableCompileCache` keeps it
 * @returns {Promise<boolean>} whether it was cold and is warm now: then this process holds what only a cold start
 * needs, and should replace itself. False where the cache cannot be written, too.
 */
export async function warmCompileCache(cacheDir) {
  const mark = join(cacheDir, `warm-${sourcesKey()}`);
  if (statSync(mark, { throwIfNoEntry: false })) return false;
  try {
    await Promise.all([askVersion(), ...parts.map((load) => load())]);
    module.flushCompileCache();
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(mark, '');
    return true;
  } catch {
    // A full disk, or a broken installation, which the agent itself tells better.
    return false;
  }
}

/** `main.ts` works at import; asked for its version, it loads everything and does nothing else. */
async function askVersion() {
  const [script] = process.argv.slice(1);
  const args = [...process.execArgv, script ?? '', '--version'];
  await promisify(execFile)(process.execPath, args, { timeout: questionTimeoutMs });
}

/** @returns {string} another one after each update of the sources or of Node */
function sourcesKey() {
  const hash = createHash('sha256').update(process.version);
  for (const folder of sources) {
    const root = resolve(import.meta.dirname, '..', folder);
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!file.endsWith('.ts') || file.includes('node_modules')) continue;
      hash.update(`${file} ${statSync(join(root, file)).mtimeMs}`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
