/**
 * Stands in for an agent: enrols by writing its credential, notes each start, and has a child of its own that
 * ignores SIGTERM, as a browser may.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const dataDir = process.env.HOMEROOM_DATA_DIR ?? '';
mkdirSync(dataDir, { recursive: true });
// Before anything by which a test sees that it runs.
console.error('agent works');
process.on('SIGTERM', () => {
  appendFileSync(join(dataDir, 'ends'), `${process.pid}\n`);
  process.exit(0);
});
const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
appendFileSync(join(dataDir, 'starts'), `${process.pid} ${child.pid}\n`);
writeFileSync(join(dataDir, 'credential.json'), JSON.stringify({ device: basename(dataDir) }));
setInterval(() => undefined, 1000);
