/**
 * A school that comes in one second: `homeroom load-test` against one whole controller, beside what JupyterHub and
 * x2gobroker do for as many people as they bear.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LoadFigures } from '@homeroom/controller/cli/load-test/load-figures.ts';
import { type Figure, printBenchResult } from './figures.ts';
import { type BenchController, startBenchController } from './support/bench-controller.ts';
import { makeBenchFolder } from './support/bench-folder.ts';
import { burstOnJupyterHub, type PeerBurst } from './support/jupyterhub.ts';
import { BenchProcess } from './support/process.ts';
import { median, quantile } from './support/statistics.ts';
import { tellProgress } from './support/tell-progress.ts';
import { burstOnX2GoBroker } from './support/x2gobroker.ts';

const root = resolve(import.meta.dirname, '../..');
const school = 1_000;
const town = 3_000;
const rounds = 5;
/** Three hundred at once it does not bear: servers time out, and it stops those that it had begun. */
const hubUsers = 100;

await using folder = await makeBenchFolder();
const ours = await measureHomeroom();
const hub = await burstOnJupyterHub(await subfolder('jupyterhub'), hubUsers);
tellPeer('JupyterHub', hub);
const x2go = await burstOnX2GoBroker(await subfolder('x2gobroker'), school);
tellPeer('x2gobroker, list and select', x2go?.whole);
tellPeer('x2gobroker, select alone', x2go?.selection);
printBenchResult({ title: 'Everybody asks for a desktop at once', figures: figures() });

async function measureHomeroom(): Promise<{ school: LoadFigures[]; town: LoadFigures[] }> {
  const dataDir = await subfolder('homeroom');
  await using controller = await startBenchController(dataDir);
  // The first one warms up.
  const ofSchool: LoadFigures[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const found = await loadTest(controller, school);
    if (round > 0) ofSchool.push(found);
  }
  return { school: ofSchool, town: [await loadTest(controller, town)] };
}

async function loadTest({ httpPort, adminToken }: BenchController, users: number): Promise<LoadFigures> {
  const command = [join(root, 'controller/cli/main.ts'), 'load-test', '--users', String(users), '--json'];
  await using run = new BenchProcess(process.execPath, command, {
    stdio: ['ignore', 'pipe', 2],
    env: {
      PATH: process.env.PATH,
      HOMEROOM_URL: `http://127.0.0.1:${httpPort}`,
      HOMEROOM_TOKEN: adminToken,
    },
  });
  let said = '';
  for await (const chunk of run.child.stdout ?? []) said += String(chunk);
  tellProgress(`${users} users: ${said.trim()}`);
  return JSON.parse(said);
}

function figures(): Figure[] {
  const rate = median(ours.school.map(({ perSecond }) => perSecond));
  const worst = (of: readonly LoadFigures[], name: 'failed' | 'doubles') =>
    Math.max(...of.map((found) => found[name]));
  const p99Ms = median(ours.school.map((found) => found.p99Ms));
  const perSecond = 'desktops made their users’, per second';
  return [
    row(`${school} at once, ${perSecond}`, rate, '/s', '≥ 30 × JupyterHub', hubPeer()),
    row(
      `${school} at once, ${perSecond}`,
      rate,
      '/s',
      '≥ 3 × x2gobroker',
      x2goPeer(x2go?.whole, 'list and select'),
    ),
    row(`${school} at once, ${perSecond}`, rate, '/s', undefined, x2goPeer(x2go?.selection, 'select alone')),
    row(`${school} at once, p50`, median(ours.school.map((found) => found.p50Ms)), 'ms'),
    row(`${school} at once, p99`, p99Ms, 'ms', '≤ 2,000 ms', p99Peer()),
    row(`${school} at once, not served`, worst(ours.school, 'failed'), 'users', '0'),
    row(`${school} at once, desktops given twice`, worst(ours.school, 'doubles'), 'desktops', '0'),
    row(`${town} at once, not served`, worst(ours.town, 'failed'), 'users', '0'),
    row(`${town} at once, desktops given twice`, worst(ours.town, 'doubles'), 'desktops', '0'),
    row(`${town} at once, p99`, ours.town[0]?.p99Ms ?? Number.NaN, 'ms'),
  ];
}

function row(what: string, value: number, unit: string, target?: string, peer?: Figure['peer']): Figure {
  return { what, value, unit, ...(peer && { peer }), ...(target && { target }) };
}

function hubPeer(): Figure['peer'] {
  return hub && { name: `JupyterHub with a stub spawner, ${hubUsers} at once`, value: hub.perSecond };
}

function x2goPeer(of: PeerBurst | undefined, what: string): Figure['peer'] {
  return of && { name: `x2gobroker, ${what}`, value: of.perSecond };
}

function p99Peer(): Figure['peer'] {
  return hub && { name: `JupyterHub, ${hubUsers} at once`, value: quantile(hub.ms, 0.99) };
}

function tellPeer(name: string, of: PeerBurst | undefined): void {
  if (!of) tellProgress(`${name} is not measured: Debian’s package could not be installed`);
  else tellProgress(`${name}: ${of.perSecond.toFixed(1)}/s, p99 ${Math.round(quantile(of.ms, 0.99))} ms`);
}

async function subfolder(name: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(path, { mode: 0o711 });
  return path;
}
